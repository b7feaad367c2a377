return data.ships:where("number == 1"):select("a = sqrt(16)", "b = sqrt(-1)", "c = log(1)", "d = log(0)", "e = exp(0)")
