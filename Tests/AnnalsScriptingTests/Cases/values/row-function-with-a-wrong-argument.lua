print(annals.month({}))
