print(annals.number("many"))
