local t = annals.table({ { "a", 1 }, { "b", 2 } }, { "g", "n" })
print(t:group("g"):aggregate("total = sum(n)", "rows = count()"):select("total", "g"):drop("g"):explain())
-- Rows of the dataset stand behind sums of its figures, and take a column.
print(data.figures:select("value"):explain())
