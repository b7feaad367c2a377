-- Rolling mean of weekly events
--
-- Events in the North by week from Monday on, with zeros, and the mean of the last four weeks: null
-- until there are four. `sum_so_far` is over those of the four that there are.

local p = params {
  { "province", default = "North", choices = "places.admin1", help = "the province" },
  { "from", default = "2041-11-04", type = "day", help = "first Monday" },
  { "to", default = "2042-02-24", type = "day", help = "last Monday" },
}

-- From a Monday back to the third before it are 22 days.
return data.events
  :where("place.admin1 == $province and place.precision <= 4", p)
  :derive("week = start_of(date, 'week')")
  :where("date_precision in {'day', 'days', 'open'} or week == start_of(date_end, 'week')")
  :where("week >= $from and week <= $to", p)
  :group("week")
  :aggregate("events = distinct(id)")
  :complete("week", "1 week", { events = 0 }, { from = p.from, to = p.to })
  :derive("mean_of_4 = rolling(mean(events), '22 days', week)",
    "sum_so_far = rolling(sum(events), '22 days', week, 'partial')")
