return data.events:spread("date")
