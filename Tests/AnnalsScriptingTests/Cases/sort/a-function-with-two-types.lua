return data.ships:sort(function(row) return row.name or row.number end)
