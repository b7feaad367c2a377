-- The value as it is stored decides, and halves go away from zero: 0.125 is a half, 2.675 a little less.
local t = annals.table({
  { 0.125 }, { -0.125 }, { 2.675 }, { 1.005 }, { 2.5 }, { -0.001 }, { 1e300 }, { 123456.789 }, {},
}, { "x" })
print(t:derive("two = round(x, 2)", "none = round(x, 0)", "many = round(x, 15)"))
print(t:take(1):select("two = round(7, 2)", "bound = round(x, $n)", { n = 1 }))
print(annals.round(3.14159, 3), annals.round(2, 3), annals.round(1 / 0, 1))
