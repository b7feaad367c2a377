return data.ships:top(1, "name", function() return {} end)
