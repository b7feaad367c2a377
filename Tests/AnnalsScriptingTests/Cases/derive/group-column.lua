return data.events:group("type"):derive("type = 'x'")
