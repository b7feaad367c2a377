local events = data.events
print(events:first().id, events[1].id, events[10].id)
print(events[0], events[11], events[-1], events:where("false"):first())
print(events[2].title, events[2]["place.name"])
