local events = data.events:where("type == 'talks'")
print(#events)
print(data.participations:where("event.type == 'raid'"):count():value())
