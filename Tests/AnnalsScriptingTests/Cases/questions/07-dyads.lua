-- Pairs of opponents
--
-- Main actors on opposite sides of an event, whatever the order of the two, once for each event; an
-- actor can oppose itself. The second table keeps the direction: who did it to whom.

local main = data.participations:where("role in {'party', 'agent', 'target'}")
local one = main:select("event", "role", "side", "name = actor.name")
local pairs = one:join(one, "event")

local opponents = pairs
  :where("side == 'a' and side_right == 'b'")
  :group("first = least(name, name_right)", "second = greatest(name, name_right)")
  :aggregate("events = distinct(event)")
  :sort("-events", "first", "second")

local directed = pairs
  :where("role == 'agent' and role_right == 'target'")
  :group("agent = name", "target = name_right")
  :aggregate("events = distinct(event)")
  :sort("-events", "agent", "target")

return opponents, directed
