return data.figures:where("id in {'f5', 'f13', 'f14'}")
  :aggregate("low = sum(value.low)", "best = sum(value.best)", "high = sum(value.high)")
