return data.events:group("type"):group("status"):aggregate("n = count()")
