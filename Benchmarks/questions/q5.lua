-- The ten deadliest places of each country
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("country", "location")
    :aggregate("fatalities = sum(fatalities)")
    :sort("country", "-fatalities", "location")
    :group("country")
    :derive("rank = row_number()")
    :where("rank <= 10")
end

return require "repeated" (ask, p.times)
