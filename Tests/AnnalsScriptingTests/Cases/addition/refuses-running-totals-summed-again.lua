local by_population = data.figures:where("accumulation == 'snapshot' and measure == 'wounded'")
  :group("population"):aggregate("toll = sum(value)")
return by_population:aggregate("toll = sum(toll)")
