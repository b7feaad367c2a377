-- Actors by events, with the killed in them
--
-- The killed are those of the events that an actor took part in, not those that it killed. An event
-- has many actors, so the column adds up to more than the killed; the second table shows both.

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

return actors,
  actors:aggregate("column_total = sum(best)")
    :join(involved:aggregate("grand_total = sum(best, event)"), nil, "cross")
