return data.figures:group("measure"):aggregate("least = min(value)", "most = max(value)",
  "first = first(value)", "last = last(value)")
