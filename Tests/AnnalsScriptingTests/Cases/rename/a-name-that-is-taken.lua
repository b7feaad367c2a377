return data.places:rename { kind = "name" }
