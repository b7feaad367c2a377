-- Actors by events, with the killed in them
--
-- The killed are those of the events that an actor took part in, not those that it killed. An event
-- has many actors, so the column adds up to more than the killed. To add it up as such is refused,
-- since claims would count twice; plain Lua may, and the second table shows what would come of it.

local killed = data.figures
  :where("measure == 'killed' and accumulation == 'increment' and population == nil and value ~= nil")
  :resolve("highest")
local outer = killed:select("outer = event")
local tolls = killed
  :join(outer, "event.parent == outer", "anti")
  :join(outer, "event.parent.parent == outer", "anti")
  :select("event", "low = value.low", "best = value.best")

local involved = data.participations
  :distinct("event", "actor")
  :select("event", "actor.name")
  :join(tolls, "event", "left")

local actors = involved
  :group("actor.name")
  :aggregate("events = distinct(event)", "low = sum(low, event)", "best = sum(best, event)",
    "unknown = count() - count(best)")
  :sort("-events", "`actor.name`")

local total = 0
for _, best in actors:values("best") do total = total + (best or 0) end

return actors,
  involved:aggregate("grand_total = sum(best, event)")
    :select("column_total = number($total)", "grand_total", { total = total })
