-- Deaths in battles by first actor, row by row in plain Lua
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  local totals = {}
  for row in data.events:rows() do
    if row.event_type == "Battles" then
      totals[row.actor1] = (totals[row.actor1] or 0) + row.fatalities
    end
  end
  return totals
end

if p.times == 0 then
  local rows = {}
  for actor, total in pairs(ask()) do rows[#rows + 1] = { actor, total } end
  return annals.table(rows, { "actor1", "fatalities" }):sort("actor1")
end
return require "repeated" (ask, p.times)
