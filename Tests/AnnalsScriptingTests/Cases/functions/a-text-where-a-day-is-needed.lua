return data.events:select("x = month(title)")
