return data.figures:where("id in {'f1', 'f4'}"):aggregate("toll = sum(value)")
