return data.figures:aggregate("x = mean(value)")
