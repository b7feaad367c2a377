-- Texts searched, taken apart and replaced by patterns.
local line = ("2022-01-05;clash;Almaty;26 killed;"):rep(20)
local total = 0
for i = 1, 6000 do
  local changed, count = line:gsub("(%d+)%-(%d+)", "%2/%1")
  total = total + #changed + count
  for word in line:gmatch("[^;]+") do total = total + #word end
  total = total + (line:find("wounded") or 1) + #line:match("%a+")
  total = total + select(2, line:gsub("%d", function(digit) return digit + 1 end))
end
print(total)
