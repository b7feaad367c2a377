return data.figures:select("x = abs(value)")
