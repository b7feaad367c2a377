print(annals.days("2031-03-03"))
