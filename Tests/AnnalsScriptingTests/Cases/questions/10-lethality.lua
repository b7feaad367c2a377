-- Lethality by type
--
-- How many are killed for each violent event, in how many somebody is killed for sure, and of how many
-- nobody says. Deaths are the best numbers; `no_best` counts the events without one.

local p = params {
  { "violent", default = { "clash", "shelling", "attack", "raid" }, help = "violent types" },
}

local tolls = data.figures
  :where("measure == 'killed' and accumulation == 'increment' and population == nil and value ~= nil")
  :resolve("highest")
  :select("event", "best = value.best", "sure = coalesce(value.low, value.best)")

return data.events
  :where("type in $violent", p)
  :select("id", "type")
  :join(tolls, "id == event", "left")
  :group("type")
  :aggregate("events = distinct(id)", "killed = sum(best)", "no_best = count() - count(best)",
    "per_event = round(sum(best) / count() * 10000) / 10000",
    "deadly = count_if(sure >= 1)",
    "deadly_share = round(count_if(sure >= 1) / count() * 10000) / 10000",
    "unknown = count() - count(sure)",
    "unknown_share = round((count() - count(sure)) / count() * 10000) / 10000")
