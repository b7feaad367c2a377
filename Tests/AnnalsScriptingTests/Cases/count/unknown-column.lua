return data.events:count("typ")
