-- Shares of event types by month
--
-- An event without a type is a share of its own, so that the shares of a month add up to 1. An event
-- counts in the month in which it begins, if its dates tell the month.

local p = params {
  { "from", default = "2041-10-01", type = "day", help = "first day" },
}

local events = data.events:where("date == nil or date >= $from", p)
local known = events:where(
  "date_precision in {'day', 'days', 'open'} and date ~= nil or month(date) == month(date_end)")

local shares = known
  :group("month = month(date)", "type")
  :aggregate("events = distinct(id)")
  :group("month")
  :derive("share = round(events / sum(events) * 10000) / 10000")

return shares, (#events - #known) .. " events have no known month."
