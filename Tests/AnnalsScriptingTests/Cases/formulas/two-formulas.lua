return data.events:where("crowd > 1 crowd < 5")
