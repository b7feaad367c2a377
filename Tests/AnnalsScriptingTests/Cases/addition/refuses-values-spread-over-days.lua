local days = data.figures:where("event == 'e-blockade'")
  :spread("date", "date_end", "value", {mode = "fraction"})
return days:aggregate("toll = sum(value)")
