-- Casualties per day
--
-- Low, best and high are summed apart, and beside each stands how many claims do not tell it. Only
-- increments are added, the highest claim of each quantity, and of events inside one another the outer.

local claims = data.figures
  :where("accumulation == 'increment' and value ~= nil")
  :resolve("highest")
  :derive("who = coalesce(population, '')")

-- A claim of an event inside another (or inside one inside another) that has such a claim itself.
local outer = claims:select("outer = event", "measure", "unit", "who")
local additive = claims
  :join(outer, { "event.parent == outer", "measure", "unit", "who" }, "anti")
  :join(outer, { "event.parent.parent == outer", "measure", "unit", "who" }, "anti")

local days = additive
  :where("date == date_end")
  :group("date", "measure", "unit", "population")
  :aggregate("claims = count()",
    "low = sum(value.low)", "no_low = count() - count(value.low)",
    "best = sum(value.best)", "no_best = count() - count(value.best)",
    "high = sum(value.high)", "no_high = count() - count(value.high)")

return days, ("%d claims are of several days and %d of none; they are left out.")
  :format(#additive:where("date ~= date_end"), #additive:where("date == nil"))
