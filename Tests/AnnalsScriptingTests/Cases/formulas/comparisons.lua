return data.ships:where("number <= 2"):select("number", "a = name < 'H'", "b = ratio >= 0.2", "c = number ~= 1",
  "d = open == true", "e = event == 'e-march'", "f = number == 1.0")
