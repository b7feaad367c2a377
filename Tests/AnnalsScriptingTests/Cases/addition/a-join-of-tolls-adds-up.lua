local tolls = data.figures:where("measure == 'wounded' and accumulation == 'increment'")
  :group("event"):aggregate("toll = sum(value.best)")
return data.events:select("id"):join(tolls, "id == event.id"):aggregate("toll = sum(toll)")
