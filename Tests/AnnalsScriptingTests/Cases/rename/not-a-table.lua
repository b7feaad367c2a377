return data.places:rename("name")
