-- Calls of functions, plain and through `pcall`.
local function fibonacci(n)
  if n < 2 then return n end
  return fibonacci(n - 1) + fibonacci(n - 2)
end
local sum = 0
for i = 1, 5000000 do
  local done, value = pcall(math.max, i, 10)
  if done then sum = sum + value end
end
print(fibonacci(33), sum)
