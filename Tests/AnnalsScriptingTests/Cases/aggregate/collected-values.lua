return data.figures:group("measure"):aggregate("median = median(value.best)",
  "upper = quantile(value.best, 0.75)", "spread = round(stddev(value.best) * 100)", "mode = mode(unit)",
  "best = list(value.best)", "events = list(event)")
