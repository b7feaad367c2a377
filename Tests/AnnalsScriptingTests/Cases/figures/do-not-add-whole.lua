return data.figures:select("x = value + 1")
