return data.events:where("id in {'e-leap', 'e-newyear', 'e-strike'}"):select("id", "year = year(date)",
  "quarter = quarter(date)", "month = month(date)", "week = week(date)", "weekday = weekday(date)",
  "day = day_of_month(date)")
