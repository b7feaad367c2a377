return data.figures:where("id in {'f1', 'f17'}"):aggregate("toll = sum(value)")
