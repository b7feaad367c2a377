-- Events and deaths for each 100,000 people
--
-- By province and year, against the people of that year. Where nobody counted the people there is no
-- rate. Deaths are the best numbers of additive claims; `unknown` counts the events without one.

local killed = data.figures
  :where("measure == 'killed' and accumulation == 'increment' and population == nil and value ~= nil")
  :resolve("highest")
local outer = killed:select("outer = event")
local tolls = killed
  :join(outer, "event.parent == outer", "anti")
  :join(outer, "event.parent.parent == outer", "anti")
  :select("event", "best = value.best")

local events = data.events
  :where("place.precision <= 4 and place.admin1 ~= nil")
  :where("date_precision in {'day', 'days', 'open'} and date ~= nil or year(date) == year(date_end)")
  :select("id", "province = place.admin1", "year = year(date)")

return events
  :join(tolls, "id == event", "left")
  :group("province", "year")
  :aggregate("events = distinct(id)", "killed = sum(best)", "unknown = count() - count(best)")
  :join(data.populations, { "province == admin1", "year" }, "left")
  :select("province", "year", "people", "events",
    "events_rate = round(100 * (events * 100000 / people)) / 100", "killed",
    "killed_rate = round(100 * (killed * 100000 / people)) / 100", "unknown")
