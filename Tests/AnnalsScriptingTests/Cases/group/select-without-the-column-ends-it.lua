return data.events:group("type"):select("id", "crowd"):aggregate("n = count()")
