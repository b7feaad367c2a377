return data.events:where("count() > 1")
