return data.figures:where("id in {'f6', 'f7', 'f8'}"):aggregate("people = sum(value)")
