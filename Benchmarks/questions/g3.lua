-- Sum and mean over many groups by a text
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events:group("id3"):aggregate("v1 = sum(v1)", "v3 = mean(v3)")
end

local answer = ask()
if p.times == 0 then return answer end
print("first")
local rows = #answer
print("again")
for _ = 1, p.times do rows = #ask() end
print("done")
