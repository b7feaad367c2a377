return data.events:where("type != 'raid'")
