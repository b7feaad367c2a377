return data.places:select("id", "latitude", "longitude", "cell = priogrid(latitude, longitude)",
  "km = round(distance(latitude, longitude, 0, 0))")
