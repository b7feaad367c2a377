return data.figures:where("id in {'f7', 'f9'}"):group("accumulation"):aggregate("toll = sum(value)")
