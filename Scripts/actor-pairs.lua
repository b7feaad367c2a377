-- Actor pairs that meet
--
-- Pairs of actors that take part in the same events, most often first, with how often they stand on
-- opposite sides. A pair counts once for an event, whatever the order and the roles of the two.

local p = params {
  { "least", default = 1, help = "leave out pairs with fewer events" },
  { "most", default = 20, help = "how many pairs" },
}

if not data:has("participations") then
  return "The dataset does not say who took part in its events."
end

local one = data.participations:select("event", "actor = actor.id", "name = actor.name", "side")
local other = one:rename { other = "actor", other_name = "name", other_side = "side" }

return one:join(other, "event")
  :where("actor < other")
  :derive("opposed = coalesce(side ~= other_side, false)")
  :group("actor", "other", "name", "other_name", "event")
  :aggregate("opposed = any(opposed)")
  :group("actor", "other", "name", "other_name")
  :aggregate("events = count()", "opposed = count_if(opposed)")
  :where("events >= $least", p)
  :sort("-events", "name", "other_name")
  :take(p.most)
  :select("name", "other_name", "events", "opposed")
