-- Texts put together from parts.
local total = 0
for round = 1, 12 do
  local parts = {}
  for i = 1, 100000 do parts[#parts + 1] = "row " .. i .. ":" .. i * 2 end
  local text = table.concat(parts, "\n")
  total = total + #text + #text:upper() + #text:rep(2, "-")
end
print(total)
