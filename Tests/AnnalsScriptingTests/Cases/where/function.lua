-- A plain function follows Lua's rules: all but nil and false counts as true.
local busy = data.events:where(function(event)
  return event.crowd ~= nil and event.crowd < 100 and event["place.name"]
end)
return busy:select("id", "crowd", "place.name")
