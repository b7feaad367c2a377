-- Kinds of opponents
--
-- In how many events a kind of actor stood against another. The matrix is symmetric; `alone` counts
-- the events in which a kind acts without anybody on another side. An empty cell is no event.

local main = data.participations
  :where("role in {'party', 'agent', 'target'} and side ~= nil")
  :select("event", "side", "kind = coalesce(actor.kind, 'unknown')")

local matrix = main
  :join(main, "event")
  :where("side ~= side_right")
  :group("kind")
  :pivot("kind_right", "distinct(event)")

local alone = main
  :group("event")
  :derive("sides = distinct(side)")
  :where("sides == 1")
  :group("kind")
  :aggregate("alone = distinct(event)")

local left = #data.events - main:aggregate("n = distinct(event)"):value()
return matrix:join(alone, "kind", "full"):sort("kind"),
  left .. " events have no main actor with a side."
