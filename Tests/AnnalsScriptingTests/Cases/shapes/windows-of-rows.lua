local t = annals.table({
  {"a", 1}, {"b", 5}, {"a", 2}, {"a", nil}, {"a", 4}, {"b", 6}, {"a", 8},
}, {"g", "n"}):group("g")
return t:derive("two = rolling(sum(n), '2 rows')", "three = rolling(mean(n), '3 rows')",
  "some = rolling(count(n), '3 rows', 'partial')", "one = rolling(max(n), '1 row')"):ungroup()
