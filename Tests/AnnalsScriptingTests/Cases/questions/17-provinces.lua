-- Events by province
--
-- By the province that the place names. What is coarser than a province can't be placed in one, even
-- where a province is named: it is `unplaced`, and the second table says why.

local events = data.events:derive("reason = if_else(place == nil, 'no place',"
  .. " if_else(place.precision > 4, 'coarser than a province',"
  .. " if_else(place.admin1 == nil, 'no province', 'placed')))")

local placed = events
  :where("reason == 'placed'")
  :group("province = place.admin1")
  :aggregate("events = distinct(id)")
local unplaced = events:where("reason ~= 'placed'")

return placed:append(unplaced:aggregate("province = 'unplaced'", "events = distinct(id)")),
  unplaced:group("reason"):aggregate("events = distinct(id)")
