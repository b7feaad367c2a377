local t = data.figures:take(4)
  :derive("half", function(row)
    if row.value.best then return annals.figure(row.value.best / 2, row.value.best / 2) end
  end)
  :derive("where_it_was", function(row) return row["event.place"] end)
return t:select("id", "half", "half.low", "where_it_was.name")
