-- Sums of three values over many groups by a number
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id6"):aggregate("v1 = sum(v1)", "v2 = sum(v2)", "v3 = sum(v3)")
end

return require "repeated" (ask, p.times)
