return data.events:group("type"):aggregate("n = count()", "per_event = sum(crowd) / count()",
  "label = type .. '!'"):where("n > 1")
