return data.ships:sort("-", "name")
