-- Sums of whole numbers and fractions.
local whole, part = 0, 0.0
for i = 1, 60000000 do
  whole = (whole + i * 7) % 1000003
  part = part + 1 / (i + whole)
end
print(whole, string.format("%.6f", part))
