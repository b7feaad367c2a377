-- Median and standard deviation over pairs of keys
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id4", "id5"):aggregate("median = median(v3)", "sd = stddev(v3)")
end

return require "repeated" (ask, p.times)
