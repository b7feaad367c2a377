print(events.crowd)
