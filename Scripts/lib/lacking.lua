-- What a dataset lacks
--
-- Tells which of some columns a table of the dataset does not have, as a sentence; nil if it has all.
return function(name, ...)
  local known = {}
  for i, column in data[name]:schema():values("column") do known[column] = true end
  local missing = {}
  for i, column in ipairs { ... } do
    if not known[column] then missing[#missing + 1] = "`" .. column .. "`" end
  end
  if #missing > 0 then
    return ("The dataset's %s lack %s."):format(name, table.concat(missing, ", "))
  end
end
