return data.figures:where("event == 'e-blockade'")
  :aggregate("toll = 2 * sum(value.best) + 1", "n = count()")
