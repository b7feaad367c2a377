-- What is undated and why
--
-- The events without a day in the dataset's order, with where the source tells of them and, where the
-- dataset has a column `note`, what its coders say of them.

local lack = require "lacking"("events", "date", "title", "type", "status", "locator")
if lack then return lack end

local undated = data.events:where("date == nil")
if #undated == 0 then
  return "Every event of the dataset has a day."
end

local columns = { "title", "type", "status", "locator" }
for i, column in undated:schema():values("column") do
  if column == "note" then columns[#columns + 1] = "note" end
end

return undated:select(table.unpack(columns)),
  #undated .. " of " .. #data.events .. " events have no day in the dataset."
