return data.events:drop()
