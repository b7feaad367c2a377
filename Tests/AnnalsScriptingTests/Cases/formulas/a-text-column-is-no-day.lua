return data.events:where("date > title")
