return data.figures:sort("date"):derive("m = cumulate(median(value.best))")
