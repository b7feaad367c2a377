local a = annals.table({{"x", 1}, {"y", 2}, {nil, 3}, {"x", 4}}, {"k", "n"})
local b = annals.table({{"x", 10}, {"z", 20}, {nil, 30}, {"x", 40}}, {"k", "n"})
for _, kind in ipairs{"inner", "left", "full", "semi", "anti"} do
  print(kind)
  print(a:join(b, "k", kind))
end
print(#a:join(b, nil, "cross"))
