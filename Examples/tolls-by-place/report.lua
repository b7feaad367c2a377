-- Tolls by place
--
-- Adds up one toll for each place, of several claims about one quantity the highest.

local tolls = require "annals-standard.tolls"

local p = params {
  { "measure", default = "killed", choices = "figures.measure", help = "which toll to add up" },
}

local claims = data.figures:where("measure == $measure and value ~= nil", p)
return (tolls.add(claims, "highest", "event.place.name", "accumulation"))
