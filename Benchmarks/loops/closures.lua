-- Functions that keep what they count, and coroutines.
local function counter(step)
  local count = 0
  return function() count = count + step return count end
end
local sum = 0
for i = 1, 1500000 do
  local next_value = counter(i % 5)
  next_value()
  sum = sum + next_value()
end
local values = coroutine.wrap(function() for i = 1, 3000000 do coroutine.yield(i) end end)
for i = 1, 3000000 do sum = sum + values() end
print(sum)
