return data.events:where("type == $x", { "raid" })
