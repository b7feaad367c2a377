-- Without a number to divide there are just the days.
return data.events
  :where("id in {'e-raid', 'e-blockade', 'e-newyear', 'e-talks'}")
  :select("id", "date", "date_end")
  :spread("date", "date_end")
