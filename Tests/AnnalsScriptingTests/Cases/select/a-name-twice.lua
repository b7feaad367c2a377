return data.events:select("id", "date", "id = title")
