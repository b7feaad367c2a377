print(data.events[1]["place.nam"])
