-- Counts are 0, all else is null.
return data.ships:where("number > 100"):aggregate(
  "rows = count()", "known = count(big)", "open = count_if(open)", "names = distinct(name)",
  "sum = sum(ratio)", "mean = mean(ratio)", "least = min(big)", "most = max(name)",
  "first = first(at)", "last = last(name)", "any = any(open)", "all = all(open)")
