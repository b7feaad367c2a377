return data.events:agregate("n = count()")
