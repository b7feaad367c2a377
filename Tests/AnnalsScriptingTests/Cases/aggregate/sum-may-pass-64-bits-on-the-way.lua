return data.ships:where("big ~= nil"):aggregate("sum = sum(big)")
