-- Weeks that stand out
--
-- Violent events in the North by week, against the mean and the standard deviation of the six weeks
-- before. Where those six are all alike there is no z, and any rise counts; a week with fewer than two
-- events never does.

local p = params {
  { "province", default = "North", choices = "places.admin1", help = "the province" },
  { "violent", default = { "clash", "shelling", "attack", "raid" }, help = "violent types" },
  { "from", default = "2041-10-07", type = "day", help = "first Monday" },
  { "to", default = "2042-02-24", type = "day", help = "last Monday" },
  { "threshold", default = 2, help = "how many deviations above the mean stand out" },
  { "minimum", default = 2, help = "how many events a week must have" },
}

local weeks = data.events
  :where("place.admin1 == $province and place.precision <= 4 and type in $violent", p)
  :derive("week = start_of(date, 'week')")
  :where("date_precision in {'day', 'days', 'open'} or week == start_of(date_end, 'week')")
  :where("week >= $from and week <= $to", p)
  :group("week")
  :aggregate("events = distinct(id)")
  :complete("week", "1 week", { events = 0 }, { from = p.from, to = p.to })

-- Six Mondays are 36 days; `lag` makes them the six before this one.
return weeks
  :derive("sum = rolling(sum(events), '36 days', week)",
    "squares = rolling(sum(events * events), '36 days', week)")
  :derive("mean = lag(sum) / 6",
    "deviation = sqrt((lag(squares) - lag(sum) * lag(sum) / 6) / 5)",
    "z = (events - mean) / deviation")
  :derive("escalation = events >= $minimum and coalesce(z > $threshold, events > mean)", p)
  :select("week", "events", "mean = round(mean * 1000) / 1000",
    "deviation = round(deviation * 1000) / 1000", "z = round(z * 1000) / 1000",
    "escalation = if_else(mean == nil, nil, escalation)")
