return data.events:where("Type == 'raid'")
