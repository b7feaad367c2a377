print(data.events[1].tilte)
