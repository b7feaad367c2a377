-- Spells of peace
--
-- Days since the end of the last violent event in a province, within each span that somebody watched.
-- `left` is a spell that may have begun before the span, `right` one that the span's end cuts off.

local p = params {
  { "violent", default = { "clash", "shelling", "attack", "raid" }, help = "violent types" },
}

local events = data.events
  :where("type in $violent and date_precision in {'day', 'days'} and place.precision <= 4", p)
  :select("event = id", "date", "date_end", "admin1 = place.admin1")
local spans = data.coverage:select("span = id", "admin1", "first", "last")

-- Each span ends with a row of its own, as if something happened on its last day.
local watched = spans
  :join(events, "admin1")
  :where("date >= first and date <= last")
  :append(spans:derive("date = last", "date_end = last"))

return watched
  :sort("span", "date", "event")
  :group("span")
  :derive("finish = cumulate(max(date_end))")
  :derive("since = coalesce(lag(finish), first)")
  :derive("peace = greatest(days(since, date), 0)",
    "censored = if_else(event == nil, if_else(lag(finish) == nil, 'both', 'right'),"
      .. " if_else(lag(finish) == nil, 'left', 'ended'))")
  :select("span", "event", "date", "peace", "censored")
