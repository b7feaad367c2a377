return data.events:where("date == NULL")
