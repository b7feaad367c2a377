return data.ships:drop("big", "at", "note", "ratio", "event")
