local tolls = data.figures:where("measure == 'wounded' and accumulation == 'increment'")
  :group("event"):aggregate("toll = max(value.best)")
local parts = data.participations:select("id", "event"):join(tolls, "event", "left")
return parts:group("id"):aggregate("toll = first(toll)"):aggregate("all = sum(toll)")
