return data.places:select("kind", "id"):take(2)
