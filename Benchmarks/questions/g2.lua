-- Sum of a value over pairs of keys
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id1", "id2"):aggregate("v1 = sum(v1)")
end

return require "repeated" (ask, p.times)
