-- A list and a map, filled and read.
local sum = 0
for round = 1, 25 do
  local list, map = {}, {}
  for i = 1, 200000 do list[i] = i % 1000 end
  for i = 1, #list do
    local key = list[i]
    map[key] = (map[key] or 0) + i
  end
  for _, value in ipairs(list) do sum = sum + value end
  for _, value in pairs(map) do sum = sum + value end
end
print(sum)
