-- Shots lie inside the clash, and the clash inside the strike.
return data.figures
  :where("measure == 'wounded' and id in {'f3', 'f5', 'f6'}")
  :aggregate("toll = sum(value)")
