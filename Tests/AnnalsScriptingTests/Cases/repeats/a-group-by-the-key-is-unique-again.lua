return data.participations:group("event"):aggregate("n = count()")
  :aggregate("crowd = sum(event.crowd)", "n = sum(n)")
