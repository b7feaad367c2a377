local each = data.figures:where("event == 'e-blockade'"):group("source")
  :aggregate("v = first(value)")
return each:aggregate("toll = sum(v)")
