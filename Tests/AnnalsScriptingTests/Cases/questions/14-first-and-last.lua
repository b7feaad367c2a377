-- First and last event of each place
--
-- By the first day and the last one, of equal days the first id; how exact the days are stands beside
-- them. Events without a day or place are left out.

local dated = data.events
  :where("date ~= nil and place ~= nil")
  :derive("finish = coalesce(date_end, date)")

local first = dated
  :sort("date", "id")
  :group("place.name")
  :aggregate("events = count()", "first = first(date)", "first_precision = first(date_precision)",
    "first_event = first(id)")
local last = dated
  :sort("-finish", "id")
  :group("place.name")
  :aggregate("last = first(finish)", "last_precision = first(date_precision)",
    "last_event = first(id)")

return first:join(last, "place.name")
