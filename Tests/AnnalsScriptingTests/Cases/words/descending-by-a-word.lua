return data.events:sort("date desc")
