return data.places:derive("x", function(row) return { row.id } end)
