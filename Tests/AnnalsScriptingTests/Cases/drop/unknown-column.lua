return data.events:drop("crowed")
