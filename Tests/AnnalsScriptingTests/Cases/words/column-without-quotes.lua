return data.events:select(type)
