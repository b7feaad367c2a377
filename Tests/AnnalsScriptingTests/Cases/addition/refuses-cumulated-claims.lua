local grown = data.figures:where("measure == 'wounded' and accumulation == 'increment'")
  :sort("date"):derive("so_far = cumulate(sum(value.best))")
return grown:aggregate("toll = sum(so_far)")
