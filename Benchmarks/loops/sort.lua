-- Lists put in order, with a function and without.
local function list(n)
  local values, seed = {}, 42
  for i = 1, n do
    seed = (seed * 1103515245 + 12345) % 2147483648
    values[i] = seed
  end
  return values
end
local sum = 0
for round = 1, 6 do
  local values = list(200000)
  table.sort(values)
  table.sort(values, function(a, b) return a > b end)
  for i = 1, #values do values[i] = "k" .. values[i] end
  table.sort(values)
  sum = sum + #values[1] + #values[#values]
end
print(sum)
