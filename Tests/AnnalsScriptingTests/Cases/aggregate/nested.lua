return data.events:aggregate("n = sum(count())")
