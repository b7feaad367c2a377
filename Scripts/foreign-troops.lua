-- Foreign troops
--
-- Which forces of other countries were sent, to where, and by whom. A force is foreign if its country
-- is known and is not that of the event's place; forces whose country is unknown stand apart.

if not data:has("participations") then
  return "The dataset does not say who took part in its events."
end

local forces = data.participations
  :where("actor.kind in {'force', 'unit'} and event.type == 'deployment'")
  :derive("origin = if_else(actor.country == nil, 'not said',"
    .. " if_else(actor.country == event.place.country, 'own', 'foreign'))")
  :where("origin ~= 'own'")

if #forces == 0 then
  return "The dataset knows no deployment of foreign forces."
end

return forces
  :select("origin", "actor.country", "actor.name", "to = event.place.name", "event.date", "locator")
  :sort("origin", "`actor.country`", "`actor.name`")
