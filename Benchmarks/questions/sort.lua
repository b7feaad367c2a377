-- All events by deaths, then day, then id
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:select("event_id", "event_date", "fatalities")
    :sort("-fatalities", "event_date", "event_id")
end
if p.times == 0 then return ask():take(1000) end

return require "repeated" (ask, p.times)
