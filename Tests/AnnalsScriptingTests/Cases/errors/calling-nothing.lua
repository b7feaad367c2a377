data.events:where("crowd > 1"):foo()
