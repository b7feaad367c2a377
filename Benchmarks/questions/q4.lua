-- Bounds of the deaths of each region, and how many actors were there
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("country", "admin1")
    :aggregate("n = count()", "low = sum(fatalities_low)", "best = sum(fatalities)",
      "high = sum(fatalities_high)", "actors = distinct(actor1)")
end

local answer = ask()
if p.times == 0 then return answer end
print("first")
local rows = #answer
print("again")
for _ = 1, p.times do rows = #ask() end
print("done")
