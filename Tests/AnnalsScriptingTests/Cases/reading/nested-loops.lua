for place in data.places:take(2):rows() do
  for event in data.events:where("place == $id", { id = place.id }):rows() do
    print(place.name, event.title)
  end
end
