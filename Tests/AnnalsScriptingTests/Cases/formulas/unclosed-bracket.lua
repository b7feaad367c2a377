return data.events:where("(crowd > 1 and crowd < 5")
