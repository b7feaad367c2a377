-- Casualties by day
--
-- Adds up what is claimed of the killed, wounded and so on, day by day. Of several claims about one
-- quantity one is kept, by the policy that --claims names; the column `claims` says how many there
-- were. Increments and running totals never mix: `accumulation` keeps them apart. Claims without a
-- number are left out; those without a day come last, and a note says how many they are. Where events
-- lie inside one another the tolls stand by event, so that nobody is counted twice.

local tolls = require "tolls"

local p = params {
  { "measure", choices = "figures.measure", help = "only this toll, such as killed" },
  { "from", type = "day", help = "first day, counted" },
  { "to", type = "day", help = "last day, counted" },
  { "claims", default = "highest", choices = { "highest", "lowest", "latest", "widest" },
    help = "which claim counts where several are about one quantity" },
}

if not data:has("figures") then
  return "The dataset has no figures, so there are no casualties to add up."
end

local claims = data.figures
  :where("value ~= nil and ($measure == nil or measure == $measure)", p)
  :where("($from == nil or date >= $from) and ($to == nil or date <= $to)", p)

local days, note = tolls.add(claims, p.claims, "date", "measure", "unit", "accumulation")

local undated = #claims:where("date == nil")
if undated > 0 then
  local missing = undated .. " of " .. #claims .. " claims have no day in the dataset."
  note = note and note .. "\n" .. missing or missing
end
return days, note
