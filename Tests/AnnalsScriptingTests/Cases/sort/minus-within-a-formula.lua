local t = annals.table({{1, 5}, {2, 1}, {3, 9}}, {"a", "b"})
for i, a in t:sort("-a + b"):values("a") do print(a) end
for i, a in t:sort("-(a + b)"):values("a") do print(a) end
