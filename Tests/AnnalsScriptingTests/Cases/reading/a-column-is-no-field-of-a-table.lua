return data.events.title
