return data.events:skip()
