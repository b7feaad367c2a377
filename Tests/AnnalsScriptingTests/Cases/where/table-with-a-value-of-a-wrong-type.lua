return data.events:where { date = "soon" }
