return data.events:where("date > '2031-2-3'")
