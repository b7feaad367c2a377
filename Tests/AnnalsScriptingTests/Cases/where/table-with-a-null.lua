return data.participations:where { side = annals.null }:select("id", "actor")
