return data.figures:where("id in {'f7', 'f9'}"):aggregate("toll = sum(value)")
