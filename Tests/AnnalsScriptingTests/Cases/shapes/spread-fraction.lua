local t = annals.table({
  {"a", "2022-01-01", "2022-01-03", 10, annals.figure(3, 6)},
  {"open", "2022-01-01", nil, 5},
  {"turned", "2022-01-02", "2022-01-01", 5},
}, {"id", "first", "last", "n", "toll"}):derive("first = day(first)", "last = day(last)")
print(t:spread("first", "last", "toll"):select("id", "first", "last", "toll", "spread_days"))
print(t:spread("first", "last", "n", {mode = "remainder"}):select("id", "first", "n"))
print(t:spread("first", "last", "n", {mode = "first"}):group("id"):aggregate("n = sum(n)"))
print(t:spread("first", "last", "n"):aggregate("n = sum(n)"):value())
