return data.places:rename { sort = "knd" }
