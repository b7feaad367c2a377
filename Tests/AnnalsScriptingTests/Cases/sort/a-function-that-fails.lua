return data.ships:sort("-", function(row)
  error("no order for " .. row.number)
end)
