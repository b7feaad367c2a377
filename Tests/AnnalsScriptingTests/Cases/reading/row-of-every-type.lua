-- The same from a row that moves, from one that stays, from values, and to a function.
local t = annals.table({
  { "ж", 1, 0.5, true, "2022-03-01", "a,b", annals.figure(1, 2, 3) },
  { nil, nil, nil, nil, nil, nil, nil },
  { "ж", -300, 2, false, "1999-12-31", "c", annals.figure(7, 7, 7) },
  { "", 70000, -1.25, true, "2022-03-01", "d", annals.figure(4) },
}, { "text", "whole", "number", "flag", "date", "parts", "figure" })
  :derive("day = day(date)", "list = split(parts, ',')")

local function shown(row)
  local list = row.list
  return table.concat({
    tostring(row.text), tostring(row.whole), tostring(row.number), tostring(row.flag),
    tostring(row.day), math.type(row.whole) or "-", math.type(row.number) or "-",
    list and #list .. list[1] or "-", tostring(row.figure), tostring(row["figure.best"]),
  }, " ")
end

local called = {}
t:where(function(row) called[#called + 1] = shown(row) return true end):count():value()
local i = 0
for row in t:rows() do
  i = i + 1
  local text = shown(row)
  print(text, shown(row) == text, shown(t[i]) == text, shown(row:copy()) == text,
    called[i] == text)
end
for i, text, day, list, figure, flag in t:values("text", "day", "list", "figure", "flag") do
  print(i, text, day, list and #list, figure, flag)
end
