return data.events:sort()
