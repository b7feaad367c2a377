return data.events:select("title.length")
