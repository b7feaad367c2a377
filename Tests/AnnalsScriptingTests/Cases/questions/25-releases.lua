-- Running totals and releases
--
-- The steps of each running total, computed before any day is left out; a step below zero is a revision
-- and is kept. Then the totals as they were known on a day. Then what a release of the dataset changed
-- since the one before, and what that does to the deaths.

local p = params {
  { "from", default = "2041-10-04", type = "day", help = "first day of the steps" },
  { "known", default = "2041-10-05", type = "day", help = "the day of the totals" },
  { "since", default = "2042-01-31", type = "day", help = "first day of both releases" },
}

local totals = data.figures
  :where("accumulation == 'cumulative' and measure == 'killed'")
  :sort("date")
  :group("source", "population")

local steps = totals
  :derive("total = value.best", "step = value.best - coalesce(lag(value.best), 0)")
  :ungroup()
  :where("date >= $from", p)
  :sort("source", "population", "date")
  :select("source", "population", "date", "total", "step", "revision = step < 0")

local known = totals
  :where("date <= $known", p)
  :aggregate("date = last(date)", "total = last(value.best)")

-- Null is like null, and unlike all else.
local alike = {}
for i, name in ipairs { "date", "type", "place", "deaths" } do
  local other = name .. "_right"
  alike[i] = ("coalesce(%s == %s, %s == nil and %s == nil)"):format(name, other, name, other)
end

local old = data.earlier
  :select("event = id", "date", "type", "place", "deaths = coded_deaths", "was = true")
local new = data.events
  :where("date >= $since and date_precision in {'day', 'days'}", p)
  :select("event = id", "date", "type", "place", "deaths = coded_deaths", "is = true")

local changes = old
  :join(new, "event", "full")
  :derive("change = if_else(was == nil, 'added', if_else(is == nil, 'removed', 'changed'))")
  :where("change ~= 'changed' or not (" .. table.concat(alike, " and ") .. ")")
  :derive("unknown = was and deaths == nil or is and deaths_right == nil")
  :select("change", "event", "before = deaths", "after = deaths_right",
    "unknown = coalesce(unknown, false)")
  :sort("change", "event")

return steps, known, changes,
  changes
    :group("change")
    :aggregate("events = count()", "before = sum(before)", "after = sum(after)",
      "unknown = count_if(unknown)"),
  old:aggregate("before = sum(deaths)"):join(new:aggregate("after = sum(deaths)"), nil, "cross")
