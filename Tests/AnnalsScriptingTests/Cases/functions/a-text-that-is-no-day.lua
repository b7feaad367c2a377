return data.events:select("x = day(title)")
