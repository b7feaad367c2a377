return data.places:select("id", "name", "kind"):rename { sort = "kind", place = "name" }:take(2)
