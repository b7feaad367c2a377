local clash = data.events[3]
return data.participations:where { event = clash.id }:select("id", "role")
