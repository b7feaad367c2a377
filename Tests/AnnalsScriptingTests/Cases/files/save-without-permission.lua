data.events:save("events.csv")
