return "Places", data.places:select("id"):take(1), data.actors:select("id"):take(1)
