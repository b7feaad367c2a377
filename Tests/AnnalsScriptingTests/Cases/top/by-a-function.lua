local t = annals.table(
  {{"b", 1, "x"}, {"a", 2, "y"}, {"c", nil, "x"}, {"d", 2, "y"}}, {"name", "n", "g"})
local rank = { d = 1, c = 2, b = 3, a = 4 }
local function byRank(row) return rank[row.name] end
return t:top(2, byRank), t:group("g"):top(1, "-", byRank)
