return data.ships:where("big > 0"):aggregate("sum = sum(big)")
