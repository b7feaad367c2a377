return data.events
  :sort("type", function(row) return { row.type } end)
