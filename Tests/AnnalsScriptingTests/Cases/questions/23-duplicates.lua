-- Reports of one event
--
-- Two reports are of one event if different sources tell of the same family of types, at most a day
-- and 5 km apart, with at least half of all their actors in common; and what is linked through others
-- is one event too. All reports and sources stay; nothing is merged within one source.

local p = params {
  { "days", default = 1, help = "how many days apart" },
  { "km", default = 5.0, help = "how many km apart" },
  { "overlap", default = 0.5, help = "which share of the actors in common" },
}

local family = { clash = "fighting", shelling = "fighting" }

local reports = data.events
  :where("date ~= nil and place.latitude ~= nil and type ~= nil")
  :select("id", "date", "type", "source", "latitude = place.latitude",
    "longitude = place.longitude")
  :derive("family", function(row) return family[row.type] or row.type end)

local actors = data.participations:distinct("event", "actor"):select("event", "actor")
local sizes = actors:group("event"):aggregate("actors = count()")
local common = actors
  :join(actors, "actor")
  :group("event", "event_right")
  :aggregate("common = count()")
  :join(sizes, "event")
  :join(sizes:rename { other = "event", others = "actors" }, "event_right == other")
  :derive("overlap = common / (actors + others - common)")

local links = reports
  :join(reports, "family")
  :where("id < id_right and source ~= source_right")
  :where("abs(days(date, date_right)) <= $days", p)
  :where("distance(latitude, longitude, latitude_right, longitude_right) <= $km", p)
  :join(common, { "id == event", "id_right == event_right" })
  :where("overlap >= $overlap", p)

-- What is linked, directly or through others, gets the first id of them all.
local first = {}
local function root(id)
  while first[id] do id = first[id] end
  return id
end
for _, one, other in links:values("id", "id_right") do
  local a, b = root(one), root(other)
  if a ~= b then first[math.max(a, b)] = math.min(a, b) end
end

local clusters = data.events
  :select("event = id", "date", "source.name")
  :derive("cluster", function(row) return root(row.event) end)
local things = #clusters:distinct("cluster")

return clusters
  :group("cluster")
  :derive("reports = count()")
  :where("reports > 1")
  :ungroup()
  :sort("cluster", "event")
  :select("cluster", "event", "date", "source.name"),
  #clusters .. " reports are of " .. things .. " events."
