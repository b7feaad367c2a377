return data.events:where { type = "clash", date = "2031-03-06", ["place.kind"] = "gate" }
  :select("id", "type", "subtype")
