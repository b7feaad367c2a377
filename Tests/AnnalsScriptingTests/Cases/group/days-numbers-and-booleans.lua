print(data.ships:group("Event Date"):aggregate("n = count()"))
print(data.ships:group("ratio"):aggregate("n = count()"))
print(data.ships:group("open"):aggregate("n = count()"))
