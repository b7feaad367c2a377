-- The function is called for each row once, though the table is read three times.
local calls = 0
local t = data.places:where(function() calls = calls + 1 return true end)
print(#t, t:first().id, #t, calls)
