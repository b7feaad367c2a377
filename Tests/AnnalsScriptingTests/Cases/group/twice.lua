return data.events:group("type", "type")
