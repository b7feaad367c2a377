return data.places:where(function(place)
  return #data.events:where("place == $id", { id = place.id }) > 1
end):select("id")
