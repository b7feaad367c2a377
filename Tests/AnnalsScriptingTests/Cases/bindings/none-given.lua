return data.events:where("crowd > $least")
