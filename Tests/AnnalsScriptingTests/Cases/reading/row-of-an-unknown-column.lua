-- What is asked for after a column that is there is refused in each row.
local t = annals.table({ { 1 }, { 2 } }, { "first" })
for row in t:rows() do
  print(row.first, pcall(function() return row.frist end))
  print(pcall(function() return row[1] end))
  print(pcall(function() row.first = 3 end))
end
