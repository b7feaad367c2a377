return data.events:take(-1)
