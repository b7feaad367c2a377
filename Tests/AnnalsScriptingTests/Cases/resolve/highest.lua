return data.figures:where("measure in {'killed', 'detained'}"):resolve("highest")
  :select("id", "event", "value", "claims")
