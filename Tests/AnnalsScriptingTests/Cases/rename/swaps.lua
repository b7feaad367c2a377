return data.places:select("id", "name", "kind"):rename { name = "kind", kind = "name" }:take(1)
