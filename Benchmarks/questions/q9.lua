-- Median and 95th percentile of the deaths by type of event
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("event_type")
    :aggregate("median = median(fatalities)", "p95 = quantile(fatalities, 0.95)")
end

return require "repeated" (ask, p.times)
