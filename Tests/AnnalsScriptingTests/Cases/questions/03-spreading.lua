-- Figures over the days of their events
--
-- A figure of an event that lasted several days is divided over them: in equal parts, and in whole
-- numbers with what remains on the first day. Nothing is lost on the way, which the second table
-- shows. Figures that are only known to lie in a week or window are not divided; they stand apart.

local claims = data.figures
  :where("accumulation == 'increment' and value ~= nil")
  :resolve("highest")
  :where("date ~= date_end and value.best ~= nil")
  :select("id", "date", "date_end", "date_precision", "best = value.best")

local lasting = claims:where("date_precision == 'days'")
local parts = lasting
  :derive("fraction = best")
  :spread("date", "date_end", "fraction", { mode = "fraction" })
local wholes = lasting
  :derive("remainder = best")
  :spread("date", "date_end", "remainder", { mode = "remainder" })

local days = parts
  :append(wholes)
  :group("id", "best", "date")
  :aggregate("fraction = max(fraction)", "remainder = max(remainder)")

return days:select("id", "date", "fraction = round(fraction * 10000) / 10000", "remainder"),
  days:group("id", "best"):aggregate("fraction = sum(fraction)", "remainder = sum(remainder)"),
  claims:where("date_precision ~= 'days'"):select("id", "date_precision", "best")
