return data.events:group("type"):rename { sort = "type" }:aggregate("n = count()"):take(2)
