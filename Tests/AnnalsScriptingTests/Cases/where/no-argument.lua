return data.events:where()
