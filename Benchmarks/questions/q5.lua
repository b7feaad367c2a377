-- The ten deadliest places of each country
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("country", "location")
    :aggregate("fatalities = sum(fatalities)")
    :sort("country", "-fatalities", "location")
    :group("country")
    :derive("rank = row_number()")
    :where("rank <= 10")
end

local answer = ask()
if p.times == 0 then return answer end
print("first")
local rows = #answer
print("again")
for _ = 1, p.times do rows = #ask() end
print("done")
