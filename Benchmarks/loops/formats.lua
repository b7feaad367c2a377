-- Numbers and texts by `string.format`.
local total = 0
for i = 1, 2000000 do
  total = total + #string.format("%d %s %5.2f", i, "abc", i / 3)
end
print(total)
