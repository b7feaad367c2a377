return data.events:aggregate("n = count()", "n = sum(crowd)")
