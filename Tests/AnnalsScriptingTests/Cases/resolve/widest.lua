return data.figures:where("measure in {'killed', 'detained'}"):resolve("widest")
  :select("id", "event", "measure", "value", "asserted_by", "quantity", "claims")
