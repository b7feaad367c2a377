return data.events:aggregate("n = sum(crowd > 10)")
