-- Events by type and day
--
-- How many events of each type fall on each day, from the first dated event to the last. A day without
-- an event is a row of its own; an event of several days counts on its first. Events without a day are
-- left out, and a note says how many they are.

local lack = require "lacking"("events", "date", "type")
if lack then return lack end

local dated = data.events:where("date ~= nil")
if #dated == 0 then
  return "No event of the dataset has a day."
end

local days = dated
  :group("date")
  :pivot("type", "count()")

local zero = {}
for i, column in days:schema():values("column") do
  if column ~= "date" then
    zero[column] = 0
    days = days:derive(("`%s` = coalesce(`%s`, 0)"):format(column, column))
  end
end

local filled = days:complete("date", "1 day", zero)
local undated = #data.events - #dated
if undated > 0 then
  return filled, undated .. " of " .. #data.events .. " events have no day in the dataset."
end
return filled
