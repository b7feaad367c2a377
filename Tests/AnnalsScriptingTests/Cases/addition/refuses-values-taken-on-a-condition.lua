local claims = data.figures:where("event == 'e-blockade'")
  :derive("v = if_else(unit == 'person', value.low, 0)")
return claims:aggregate("toll = sum(v)")
