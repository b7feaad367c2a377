return data.events:select("id", "titel")
