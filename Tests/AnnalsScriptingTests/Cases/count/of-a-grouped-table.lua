return data.events:group("type"):count()
