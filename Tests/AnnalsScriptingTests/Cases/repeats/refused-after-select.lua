return data.participations:select("role", "crowd = event.crowd"):group("role")
  :aggregate("crowd = sum(crowd)")
