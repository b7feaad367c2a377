return data.figures:where("id in {'f4', 'f2'}"):aggregate("toll = sum(value)")
