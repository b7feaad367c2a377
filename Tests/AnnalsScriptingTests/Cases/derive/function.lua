-- The type of the column is that of what the function gives.
local t = data.events:select("id", "date", "crowd"):take(5)
  :derive("share", function(event) return event.crowd and event.crowd / 1000 end)
  :derive("big", function(event) return event.crowd ~= nil and event.crowd > 500 end)
return t:where("share >= 0.15 or share == nil")
