return data.events:where { ["plce.name"] = "Merrow" }
