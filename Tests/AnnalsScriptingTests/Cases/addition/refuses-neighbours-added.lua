local pairs = data.figures:where("event == 'e-blockade'"):sort("id")
  :derive("both = value.low + lead(value.low, 0)")
return pairs:aggregate("toll = sum(both)")
