return data.events:where("type == $types", { types = { "raid" } })
