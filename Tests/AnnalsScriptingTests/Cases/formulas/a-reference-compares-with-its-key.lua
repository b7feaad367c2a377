print(#data.participations:where("event == 'e-clash'"), #data.ships:where("event ~= 'e-clash'"),
  #data.events:where("parent.parent == 'e-strike'"), #data.participations:where("event.parent == nil"))
