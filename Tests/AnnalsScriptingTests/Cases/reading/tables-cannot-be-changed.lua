data.events.title = "x"
