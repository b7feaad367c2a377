for event in data.events do print(event.id) end
