return data.ships:where("at >= '2031-03-06' and at < '2031-03-06T12:00:00Z'"):select("number", "at")
