-- Means of three values over a few groups
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id4"):aggregate("v1 = mean(v1)", "v2 = mean(v2)", "v3 = mean(v3)")
end

return require "repeated" (ask, p.times)
