-- The share that each event has in the deaths of its first actor
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  local totals = data.events:group("actor1"):aggregate("total = sum(fatalities)")
  return data.events:select("actor1", "fatalities"):join(totals, "actor1")
    :where("fatalities * 2 > total")
    :count("actor1")
end

return require "repeated" (ask, p.times)
