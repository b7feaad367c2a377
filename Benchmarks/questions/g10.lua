-- Sum and count over six keys, nearly a group to a row
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("id1", "id2", "id3", "id4", "id5", "id6")
    :aggregate("v3 = sum(v3)", "n = count()")
end

return require "repeated" (ask, p.times)
