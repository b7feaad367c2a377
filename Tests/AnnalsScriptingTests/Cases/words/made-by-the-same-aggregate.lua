return data.events:aggregate("n = count()", "half = n / 2")
