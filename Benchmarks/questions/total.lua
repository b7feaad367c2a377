-- The deaths of all events
print(data.events:aggregate("fatalities = sum(fatalities)"):value())
