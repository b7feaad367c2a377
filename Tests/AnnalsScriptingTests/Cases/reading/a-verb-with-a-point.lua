return data.events.where("crowd > 1")
