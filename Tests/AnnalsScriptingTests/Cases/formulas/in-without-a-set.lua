return data.events:where("type in 'raid'")
