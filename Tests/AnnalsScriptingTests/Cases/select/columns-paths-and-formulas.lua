return data.participations
  :select("id", "actor.name", "from = event.date", "big = event.crowd >= 800")
  :take(4)
