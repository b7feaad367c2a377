-- Events and deaths by day
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("event_date")
    :aggregate("n = count()", "fatalities = sum(fatalities)")
end

return require "repeated" (ask, p.times)
