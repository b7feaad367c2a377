local t = annals.table({
  {"a", "2022-01-01", 1}, {"b", "2022-01-01", 5}, {"a", "2022-01-03", 2}, {"a", "2022-01-03", nil},
  {"a", "2022-01-04", 4}, {"b", nil, 6}, {"a", "2022-01-10", 8},
}, {"g", "d", "n"}):derive("d = day(d)"):group("g")
print(t:derive("i = row_number()", "before = lag(n)", "after = lead(n, 2)", "place = rank(n)"):ungroup())
print(t:derive("so_far = cumulate(sum(n))", "three = rolling(sum(n), '3 days', d)",
  "some = rolling(sum(n), '3 days', d, 'partial')", "share = n / sum(n)"):ungroup()
  :select("g", "d", "n", "so_far", "three", "some", "share"))
