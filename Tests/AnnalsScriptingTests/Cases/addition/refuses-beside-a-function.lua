local claims = data.figures:where("event == 'e-blockade'")
  :derive("n", function(row) return #row.id end)
print(#claims)
return claims:aggregate("toll = sum(value)")
