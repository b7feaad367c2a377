return data.ships:where("big < 100 and big > 0 and big * big > 3"):select("number")
