-- A bound value may be a key of another dataset, so it is refused only where it is the name of a row.
local function count(formula, bindings)
  return #data.participations:where(formula, bindings)
end
print(count("event == $e", { e = "e-clash" }), count("event == $e", { e = "e-elsewhere" }))
print(count("event in $e", { e = { "e-clash", "e-elsewhere" } }), count("event < 'e-m'"))
print(#data.participations:where { event = "e-elsewhere" }, #data.parts:where("whole == 'f1'"))
for _, title in ipairs { "Shots during the clash", "Shots" } do
  print(pcall(count, "event ~= $e", { e = title }))
end
