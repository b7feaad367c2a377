return data.events:where("false"):group("type"):aggregate("n = count()")
