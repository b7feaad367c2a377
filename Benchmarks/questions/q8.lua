-- Events and deaths by kind of actor and year
local p = params {
  { "times", default = 0, help = "how often to ask again, for measuring" },
  { "actors", default = "Benchmarks/.build/data/actors.csv", help = "the kinds of the actors" },
}

local actors = annals.read(p.actors):distinct("actor")

local function ask()
  return data.events
    :join(actors, "actor1 == actor")
    :group("kind", "year = year(event_date)")
    :aggregate("n = count()", "fatalities = sum(fatalities)")
end

return require "repeated" (ask, p.times)
