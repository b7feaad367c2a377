-- Events near sites
--
-- How many events lie within some km of each site along a great circle, and which is the nearest; of
-- equally near ones the first id. Only places that are exact or nearly so can be near anything.

local p = params {
  { "km", default = 10.0, help = "how far is near" },
}

local events = data.events
  :where("place.precision <= 2 and place.latitude ~= nil")
  :select("event = id", "at_latitude = place.latitude", "at_longitude = place.longitude")
local sites = data.sites:where("latitude ~= nil and longitude ~= nil")

local near = sites
  :join(events, nil, "cross")
  :derive("km = distance(latitude, longitude, at_latitude, at_longitude)")
  :sort("km", "event")
  :group("id", "name")
  :aggregate("events = count_if(km <= $km)", "nearest = first(event)",
    "km = round(min(km) * 10) / 10", p)
  :drop("id")

return near, (#data.sites - #sites) .. " site has no coordinates."
