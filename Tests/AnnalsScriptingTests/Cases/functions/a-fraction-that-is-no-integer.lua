return data.ships:select("x = integer(ratio)")
