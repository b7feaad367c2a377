return data.events:select("id", "crowd * 2")
