return data.events:select("x = lower(title, type)")
