return data.events:select("x = date + 0.5")
