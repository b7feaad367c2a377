return data.figures:derive("m = median(value.best)", "over = value.best > median(value.best)"):select("id", "m", "over"):take(3)
