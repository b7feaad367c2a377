local shares = data.figures:where("measure == 'wounded' and accumulation == 'increment'")
  :derive("share = value.best / sum(value.best)")
return shares:aggregate("whole = sum(share)")
