local ship = data.ships[1]
print(ship.big, math.type(ship.big), ship.ratio, math.type(ship.ratio), ship.open, type(ship.open))
print(data.ships[2].big, data.ships[3].open, data.events[6].score, math.type(data.events[6].score))
