return data.events:select("type, date")
