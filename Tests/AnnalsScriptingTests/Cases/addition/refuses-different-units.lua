return data.figures:where("measure == 'damaged'"):aggregate("toll = sum(value)")
