return data.events:take(1.5)
