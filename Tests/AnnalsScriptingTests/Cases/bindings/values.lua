return data.events:where("crowd >= $least and type == $type and date >= $from",
  { least = 50, type = "protest", from = "2031-03-01" }):select("id")
