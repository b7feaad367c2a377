return data.ships:aggregate(
  "rows = count()", "known = count(big)", "open = count_if(open)", "names = distinct(name)",
  "sum = sum(ratio)", "mean = mean(ratio)", "least = min(big)", "most = max(big)",
  "first = first(`end`)", "last = last(name)", "any = any(open)", "all = all(open)")
