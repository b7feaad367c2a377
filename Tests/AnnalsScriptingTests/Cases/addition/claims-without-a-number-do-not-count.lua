return data.figures:where("event in {'e-talks', 'e-storm'} and unit == 'house'")
  :aggregate("toll = sum(value)", "n = count()")
