-- Deaths so far in each country, day by day
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("country", "event_date")
    :aggregate("fatalities = sum(fatalities)")
    :group("country")
    :derive("so_far = cumulate(sum(fatalities))", "before = lag(fatalities)", "place = rank(-fatalities)")
    :aggregate("most = max(so_far)", "least = min(place)", "steps = count_if(fatalities > before)")
end

return require "repeated" (ask, p.times)
