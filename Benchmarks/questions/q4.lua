-- Bounds of the deaths of each region, and how many actors were there
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("country", "admin1")
    :aggregate("n = count()", "low = sum(fatalities_low)", "best = sum(fatalities)",
      "high = sum(fatalities_high)", "actors = distinct(actor1)")
end

return require "repeated" (ask, p.times)
