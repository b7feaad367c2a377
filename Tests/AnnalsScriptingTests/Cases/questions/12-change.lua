-- Change from month to month
--
-- Events by month with zeros, the change since the month before in numbers and percent, and since the
-- same month of the year before. There is no percent of nothing.

local p = params {
  { "from", default = "2041-01-01", type = "day", help = "first month" },
  { "to", default = "2042-03-01", type = "day", help = "last month" },
}

return data.events
  :derive("first = start_of(date, 'month')")
  :where("date_precision in {'day', 'days', 'open'} or first == start_of(date_end, 'month')")
  :where("first >= $from and first <= $to", p)
  :group("first")
  :aggregate("events = distinct(id)")
  :complete("first", "1 month", { events = 0 }, { from = p.from, to = p.to })
  :derive("change = events - lag(events)",
    "percent = round(1000 * change / lag(events)) / 10",
    "year_change = events - lag(events, 12)",
    "year_percent = round(1000 * year_change / lag(events, 12)) / 10")
  :select("month = month(first)", "events", "change", "percent", "year_change", "year_percent")
