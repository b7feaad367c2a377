return data.ships:where("`event`.`type` == 'clash'"):select("number", "`event`.title")
