return data.events:select("x = nil")
