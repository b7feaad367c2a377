return data.events:where("id in {'e-leap', 'e-newyear', 'e-strike', 'e-talks'}"):select(
  "id", "next = date + 1", "before = date - 60", "span = date_end - date", "days = days(date, date_end)",
  "late = date >= '2032-01-01'", "later = 365 + date")
