-- Texts, numbers and nil as keys, ascending and descending, alone and among columns.
local t = annals.table(
  {{"b", 1, "x"}, {"a", 2, "y"}, {"c", nil, "x"}, {"d", 2, "y"}}, {"name", "n", "g"})
local rank = { d = 1, c = 2, b = 3, a = 4 }
local function byRank(row) return rank[row.name] end
local function names(t) return table.concat(t:column("name"), " ") end
print(names(t:sort(byRank)))
print(names(t:sort("-", byRank)))
print(names(t:sort("g", "-", byRank)))
print(names(t:sort("-g", byRank)))
print(names(t:sort(function(row) return row.n end, "name")))
print(names(t:sort("-", function(row) return row.n end, "-name")))
print(names(t:sort(function() return nil end)))
print(names(t:sort(function(row) return row.g end, "n == $n", { n = 1 })))
print(t:sort(byRank):schema())
