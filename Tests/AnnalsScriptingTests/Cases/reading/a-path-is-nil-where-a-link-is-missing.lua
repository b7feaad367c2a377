local talks = data.events:where("id == 'e-talks'"):first()
print(talks.place, talks["place.name"], talks["place.parent.name"], talks["parent.parent.title"])
local shots = data.events:where("id == 'e-shots'"):first()
print(shots["parent.parent.title"], shots.parent.parent.parent)
