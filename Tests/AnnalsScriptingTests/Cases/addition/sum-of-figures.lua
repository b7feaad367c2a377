-- low adds with unknown as 0, high and best only where all are known.
print(data.figures:where("id in {'f5', 'f13', 'f14'}"):aggregate("x = sum(value)"):value())
print(data.figures:where("id in {'f13', 'f14'}"):aggregate("x = sum(value)"):value())
print(data.figures:where("id in {'f14', 'f5'}"):aggregate("x = sum(value)"):value())
print(data.figures:where("id == 'f3'"):aggregate("x = sum(value)"):value())
print(data.figures:where("id == 'f9'"):aggregate("x = sum(value)"):value())
print(data.figures:where("id in {'f4', 'f1'}"):group("event"):aggregate("x = sum(value)"):column("x")[1])
print(data.figures:where("id == 'f12'"):aggregate("x = sum(value)"):value())
