-- Timeline
--
-- The dated events in the order of their days, each with how its day is known. Events without a day
-- are left out, and a note says how many they are; undated.lua lists them.

local lacking = require "lacking"

local p = params {
  { "from", type = "day", help = "first day, counted" },
  { "to", type = "day", help = "last day, counted" },
  { "type", choices = "events.type", help = "only events of this type" },
}

local lack = lacking("events", "date", "date_end", "date_precision", "date_basis", "type", "title", "place")
if lack then return lack end

local events = data.events:where("$type == nil or type == $type", p)
local dated = events
  :where("date ~= nil and ($from == nil or coalesce(date_end, date) >= $from)", p)
  :where("$to == nil or date <= $to", p)
  :sort("date", "date_end")
  :select("date", "date_end", "date_precision", "date_basis", "title", "place.name")

local undated = #events:where("date == nil")
if undated > 0 then
  return dated, undated .. " of " .. #events .. " events have no day in the dataset."
end
return dated
