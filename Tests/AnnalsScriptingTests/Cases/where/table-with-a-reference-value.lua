local first = data.participations[4]
return data.participations:where { event = first.event }:select("id", "event")
