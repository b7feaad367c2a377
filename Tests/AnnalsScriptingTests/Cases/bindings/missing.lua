return data.events:where("crowd > $least", { lest = 3 })
