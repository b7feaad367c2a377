-- Active days
--
-- On how many different days each actor took part in an event: two events of one day are one day, and
-- one that lasted three days is three. Events whose days are not known one by one are counted apart.

local dated = data.participations
  :select("event", "name = actor.name", "first = event.date", "last = event.date_end",
    "lasted = coalesce(event.date_precision in {'day', 'days'}, false)")

local days = dated
  :where("lasted")
  :spread("first", "last")
  :group("name")
  :aggregate("active_days = distinct(first)")

return dated
  :group("name")
  :aggregate("events = distinct(if_else(lasted, event, nil))",
    "days_unknown = distinct(if_else(lasted, nil, event))")
  :join(days, "name", "left")
  :select("`actor.name` = name", "active_days = coalesce(active_days, 0)", "events", "days_unknown")
  :sort("-active_days", "`actor.name`")
