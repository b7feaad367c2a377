return data.events:where("type in $types", { types = "raid" })
