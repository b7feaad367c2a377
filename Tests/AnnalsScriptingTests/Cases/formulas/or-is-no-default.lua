return data.events:select("x = crowd or 0")
