return data.events:select("x = coalesce(date, title)")
