return data.ships:where("number ~= 2"):select("number", "next = big + 1")
