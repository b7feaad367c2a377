return data.events:select("id", "size = coalesce(crowd, 0)", "kind = if_else(crowd > 100, 'big', 'small')",
  "least = least(crowd, 100)", "greatest = greatest(crowd, 100)", "what = coalesce(subtype, type)"):take(5)
