return data.ships:select("x = -big")
