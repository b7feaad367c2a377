for name, value in pairs(data.places[4]) do print(name, value) end
