return data.places:derive("x", function(row)
  return row.kind == "gate" and "text" or 1
end)
