-- Ambushes by year, found in the notes
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :where("contains(notes, \"ambush\")")
    :group("year = year(event_date)")
    :aggregate("n = count()")
end

return require "repeated" (ask, p.times)
