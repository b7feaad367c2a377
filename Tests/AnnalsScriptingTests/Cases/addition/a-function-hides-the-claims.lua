local each = data.figures:where("event == 'e-blockade'"):group("id")
  :aggregate("v", function(rows) return rows:first().value.best end)
return each:aggregate("toll = sum(v)")
