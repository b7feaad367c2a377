return data.events:select("x = date + 100000000")
