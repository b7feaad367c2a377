local kept
local n = #data.events:where(function(event) kept = event return true end)
print(n, pcall(function() return kept.id end))
