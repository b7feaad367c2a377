-- Of claims of one day the one with the later source stays.
return data.figures:where("measure in {'killed', 'detained'}"):resolve("latest")
  :select("id", "event", "value", "source.date", "claims")
