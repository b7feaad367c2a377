return data.events:select("id", "type", "crowd"):sort("type", "-crowd")
