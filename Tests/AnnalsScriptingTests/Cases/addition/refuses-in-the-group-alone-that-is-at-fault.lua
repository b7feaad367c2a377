return data.figures:where("measure in {'killed', 'detained'}"):group("measure", "event")
  :aggregate("toll = sum(value)")
