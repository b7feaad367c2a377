-- Of two values the deviation is their difference by the root of 2.
local t = annals.table({
  { "a", "2022-01-01", 1 }, { "a", "2022-01-02", 3 }, { "b", "2022-01-02", 7 }, { "a", "2022-01-03" },
  { "a", "2022-01-04", 7 }, { "a", "2022-01-05", 7 },
}, { "g", "d", "n" }):derive("date = day(d)")
print(t:group("g"):derive(
  "rows = round(rolling(stddev(n), '2 rows'), 3)",
  "days = round(rolling(stddev(n / 2), '3 days', date), 3)",
  "part = round(rolling(stddev(n), '3 days', date, 'partial'), 3)"
):select("g", "d", "n", "rows", "days", "part"))
