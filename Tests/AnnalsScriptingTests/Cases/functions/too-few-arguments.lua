return data.events:select("x = contains(title)")
