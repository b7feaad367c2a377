return data.events:select("x = lenght(title)")
