return data.events:group()
