return data.ships:where("number == 1"):select("a = 1 / 0", "b = 1 // 0", "c = 1 % 0", "d = 1.5 / 0",
  "e = 0 / 0", "f = 1.5 % 0")
