local function third(event) return event.title:upper() .. event.missing end
local function second(event) return third(event) end
local function first(event) return second(event) end
return data.events:derive("x", first)
