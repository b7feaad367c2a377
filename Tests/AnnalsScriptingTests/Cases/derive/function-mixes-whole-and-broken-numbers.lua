return data.places:select("id"):derive("x", function(row)
  return ({ ["p-merrow"] = 1, ["p-gate"] = 2.5 })[row.id]
end)
