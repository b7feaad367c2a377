local claims = data.figures:where("event == 'e-blockade'")
  :derive("v = coalesce(value.best, value.low)")
return claims:aggregate("toll = sum(v)")
