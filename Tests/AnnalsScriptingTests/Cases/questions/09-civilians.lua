-- Civilians as targets
--
-- The share of violent events that target civilians, by year, with how many events do not tell; and
-- the share of civilians in the killed, over the claims that tell both and count anybody at all.

local p = params {
  { "violent", default = { "clash", "shelling", "attack", "raid" }, help = "violent types" },
}

local events = data.events
  :where("type in $violent", p)
  :group("year = year(date)")
  :aggregate("violent = distinct(id)", "targeting = count_if(civilian_targeting)",
    "unknown = count() - count(civilian_targeting)")
  :derive("share = round(targeting / violent * 10000) / 10000")

local civilians = data.parts:where("population == 'civilians' and measure == 'killed'")
local used = civilians:where("value.best ~= nil and whole.value.best > 0")
local deaths = used
  :aggregate("claims = count()", "civilians = sum(value.best)",
    "killed = sum(whole.value.best, whole)")
  :derive("share = round(civilians / killed * 10000) / 10000")

return events, deaths, #civilians - #used .. " claims of killed civilians have no share."
