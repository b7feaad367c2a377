return data.places:where("matches(name, '%q')")
