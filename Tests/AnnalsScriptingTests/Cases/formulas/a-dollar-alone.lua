return data.events:where("crowd > $")
