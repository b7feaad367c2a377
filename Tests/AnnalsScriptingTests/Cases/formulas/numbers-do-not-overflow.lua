return data.ships:where("number == 1"):select("x = number(big) * 2")
