return data.events:where("crowd > $least", { least = "many" })
