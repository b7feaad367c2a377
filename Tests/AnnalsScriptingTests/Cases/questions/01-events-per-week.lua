-- Events per week and province
--
-- Weeks run from Saturday to Friday. A week without an event is a zero only where somebody watched;
-- `watched` says on how many of its days. An event counts in the week in which it begins, if its
-- dates tell the week; what is not counted is listed with the reason.

local p = params {
  { "from", default = "2041-11-30", type = "day", help = "first day" },
  { "to", default = "2042-01-31", type = "day", help = "last day" },
}

local days = data.coverage
  :spread("first", "last")
  :where("first >= $from and first <= $to", p)
  :select("province = admin1", "day = first", "week = start_of(first, 'week', 'saturday')")

local events = data.events
  :where("date == nil or date >= $from and date <= $to", p)
  :derive("week = start_of(date, 'week', 'saturday')",
    "known = date_precision in {'day', 'days', 'open'}"
      .. " or week == start_of(date_end, 'week', 'saturday')",
    "province = if_else(place.precision <= 4, place.admin1, nil)")

local placed = events:where("week ~= nil and known and province ~= nil")
local counted = placed:join(days, { "province", "date == day" }, "semi")
local weeks = days
  :group("province", "week")
  :aggregate("watched = distinct(day)")
  :join(counted:group("province", "week"):aggregate("events = distinct(id)"),
    { "province", "week" }, "left")
  :derive("events = coalesce(events, 0)")
  :sort("province", "week")

local reasons = events
  :join(counted:select("id", "counted = true"), "id", "left")
  :group([[outcome = if_else(counted, 'counted',
    if_else(week == nil or not known, 'week unknown',
    if_else(province == nil, 'province unknown', 'not watched')))]])
  :aggregate("events = distinct(id)")

return weeks, reasons
