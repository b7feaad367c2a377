local wide = data.figures:where("disjoint == nil and accumulation == 'increment'"):resolve("highest")
  :derive("wounded = if_else(measure == 'wounded', value.best, 0)",
    "detained = if_else(measure == 'detained', value.best, 0)", "large = if_else(value.low > 5, 1, 0)")
return wide:aggregate("wounded = sum(wounded)", "detained = sum(detained)", "large = sum(large)")
