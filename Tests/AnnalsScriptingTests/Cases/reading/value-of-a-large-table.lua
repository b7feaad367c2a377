return data.events:value()
