return data.events:select("x = lower(crowd)")
