return data.events:select()
