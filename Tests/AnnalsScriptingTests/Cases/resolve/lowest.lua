return data.figures:where("measure in {'killed', 'detained'}"):resolve("lowest")
  :select("id", "event", "value", "claims")
