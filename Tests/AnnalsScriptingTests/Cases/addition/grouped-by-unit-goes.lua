return data.figures:where("measure == 'damaged'"):group("unit"):aggregate("toll = sum(value)")
