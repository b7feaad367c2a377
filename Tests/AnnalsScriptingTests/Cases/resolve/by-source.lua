return data.figures:where("measure in {'killed', 'detained'}"):resolve("by_source")
  :select("id", "event", "value", "asserted_by", "source", "claims")
