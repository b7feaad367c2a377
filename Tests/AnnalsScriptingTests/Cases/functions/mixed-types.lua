return data.events:select("x = coalesce(crowd, 'none')")
