local t = data.ships:select("x = big + 1")
local n = 0
n = n + #t
