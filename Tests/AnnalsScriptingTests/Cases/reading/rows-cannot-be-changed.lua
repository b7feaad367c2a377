data.events[1].title = "x"
