local t = annals.table({{1, "many"}}, {"n", "text"})
return t:aggregate("total = sum(n)", "bad = sum(integer(text))"):select("total")
