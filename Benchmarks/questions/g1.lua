-- Sum of a value over a few groups
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id1"):aggregate("v1 = sum(v1)")
end

return require "repeated" (ask, p.times)
