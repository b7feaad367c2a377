-- The view that was kept shows the row at hand; the copy stays.
local first, copy
for event in data.places:rows() do
  first = first or event
  copy = copy or event:copy()
  if event.id == "p-gate" then print(first.id, copy.id) end
end
print(copy.id, copy.name)
