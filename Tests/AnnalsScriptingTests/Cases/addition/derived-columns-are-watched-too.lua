return data.figures:where("event == 'e-blockade'"):derive("n = coalesce(value.best, 0)")
  :aggregate("toll = sum(n)")
