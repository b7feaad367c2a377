print(annals.weeks("2031-03-03"))
