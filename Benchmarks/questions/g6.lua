-- Median and standard deviation over pairs of keys
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id4", "id5"):aggregate("median = median(v3)", "sd = stddev(v3)")
end

local answer = ask()
if p.times == 0 then return answer end
print("first")
local rows = #answer
print("again")
for _ = 1, p.times do rows = #ask() end
print("done")
