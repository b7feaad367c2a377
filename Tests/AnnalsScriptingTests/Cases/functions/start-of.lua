return data.events:where("id in {'e-leap', 'e-newyear', 'e-march'}"):select("id",
  "week = start_of(date, 'week')", "saturday = start_of(date, 'week', 'saturday')",
  "month = start_of(date, 'month')", "quarter = start_of(date, 'quarter')", "year = start_of(date, 'year')")
