for row, more, less in data.events:take(2):values("crowd + 1", "crowd - 1") do print(row, more, less) end
