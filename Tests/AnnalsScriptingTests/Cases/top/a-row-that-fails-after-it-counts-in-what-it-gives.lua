-- By group and `n` the text is in the third row, of which `top` keeps the first and the third.
local t = annals.table({
  { g = "a", n = 1, size = "1" },
  { g = "b", n = 2, size = "many" },
  { g = "a", n = 3, size = "3" },
}, { "g", "n", "size" })
return t:group("g"):top(1, "-n"):derive("x = number(size)")
