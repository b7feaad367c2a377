local function third(x) return x.y.z end
local function second(x) return third(x) + 1 end
local function first(x) return second(x) + 1 end
print(first({}))
