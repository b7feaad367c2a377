-- Events by PRIO-GRID cell
--
-- Cells are half a degree wide. Places that are known to a country, or as sea or air, are in no cell;
-- the second table says what became of all events.

local events = data.events
  :derive("cell = priogrid(place.latitude, place.longitude)")
  :derive("outcome = if_else(place == nil, 'no place', if_else(place.precision >= 6, 'too coarse',"
    .. " if_else(cell == nil, 'no coordinates', 'placed')))")

return events:where("outcome == 'placed'"):group("cell"):aggregate("events = distinct(id)"),
  events:group("outcome"):aggregate("events = distinct(id)")
