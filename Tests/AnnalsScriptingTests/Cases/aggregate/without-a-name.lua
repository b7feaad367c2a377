return data.events:aggregate("count()")
