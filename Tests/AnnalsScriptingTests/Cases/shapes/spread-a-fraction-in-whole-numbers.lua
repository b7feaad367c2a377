local t = annals.table({{"2022-01-01", "2022-01-02", 4}, {"2022-01-01", "2022-01-02", 2.5}}, {"a", "b", "n"})
return t:derive("a = day(a)", "b = day(b)"):spread("a", "b", "n", {mode = "remainder"})
