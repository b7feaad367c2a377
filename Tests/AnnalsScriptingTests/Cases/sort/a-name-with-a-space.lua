print(table.concat(data.ships:sort("-Event Date"):column("number"), " "))
