return data.ships:where("`Event Date > '2031-03-05'")
