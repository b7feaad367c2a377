for row in data.events:values() do print(row) end
