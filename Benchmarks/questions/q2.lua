-- The twenty deadliest actors, counted apart as first and as second actor
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function as(role)
  return data.events:where(role .. " ~= nil")
    :group("actor = " .. role)
    :aggregate("n = count()", "fatalities = sum(fatalities)")
    :select("role = \"" .. role .. "\"", "actor", "n", "fatalities")
end

local function ask()
  return as("actor1"):append(as("actor2")):top(20, "-fatalities", "-n", "role", "actor")
end

return require "repeated" (ask, p.times)
