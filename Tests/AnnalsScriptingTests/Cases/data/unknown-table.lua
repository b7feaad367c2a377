return data.event
