return data.ships:where("number == 2"):select("x = big * -1")
