return data.figures:aggregate("q = quantile(value.best, 75)")
