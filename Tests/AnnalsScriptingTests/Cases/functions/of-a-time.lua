return data.ships:where("number <= 2"):select("month = month(at)", "day = day(at)", "weekday = weekday(at)")
