local each = data.figures:where("event == 'e-blockade'"):group("id"):aggregate("v = sum(value)")
return each:aggregate("toll = sum(v)")
