local values = data.figures:where("event == 'e-blockade'"):group("best = value.best"):count()
return values:aggregate("toll = sum(best)")
