-- Range between two values over many groups
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id3"):aggregate("range = max(v1) - min(v2)")
end

return require "repeated" (ask, p.times)
