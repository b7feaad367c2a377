return data.places:where("matches(name, '(%a')")
