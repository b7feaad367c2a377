return data.events:aggregate("n = sum(title)")
