return data.events:where("crowd > 5x")
