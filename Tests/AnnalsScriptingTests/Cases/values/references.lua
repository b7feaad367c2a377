local x = data.participations[4]
print(x.event, type(x.event), x.event.title, x.event.id, x.event.place.name)
print(x.event == data.participations[5].event, x.event == data.participations[1].event)
print(x.event == data.figures[1].event, x.event == "e-clash", x.actor == x.event)
print("event " .. x.event .. "!")
print(data.places[3].parent.parent, data.places[1].parent)
