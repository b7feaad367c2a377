data.events:save("events.xlsx")
