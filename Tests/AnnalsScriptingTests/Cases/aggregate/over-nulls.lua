return data.ships:where("number == 4"):aggregate(
  "rows = count()", "known = count(big)", "sum = sum(ratio)", "mean = mean(ratio)",
  "least = min(big)", "first = first(note)", "distinct = distinct(note)")
