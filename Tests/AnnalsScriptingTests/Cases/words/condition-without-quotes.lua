return data.events:where(type == "protest")
