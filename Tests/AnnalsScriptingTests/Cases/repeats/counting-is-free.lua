return data.participations:group("role"):aggregate("rows = count()", "events = distinct(event)",
  "most = max(event.crowd)")
