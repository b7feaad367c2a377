local steps = data.figures:where("measure == 'wounded' and accumulation == 'increment'")
  :sort("date"):derive("since = value.best - lag(value.best)")
return steps:aggregate("toll = sum(since)")
