-- Sum and mean over many groups by a text
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id3"):aggregate("v1 = sum(v1)", "v3 = mean(v3)")
end

return require "repeated" (ask, p.times)
