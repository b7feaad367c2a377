-- Small tables with fields.
local sum = 0
for round = 1, 12 do
  local rows = {}
  for i = 1, 100000 do rows[i] = { id = i, kind = i % 7, weight = i * 0.5 } end
  for _, row in ipairs(rows) do
    if row.kind == 3 then sum = sum + row.id + row.weight end
  end
end
print(sum)
