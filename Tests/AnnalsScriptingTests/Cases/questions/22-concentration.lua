-- Concentration of actors
--
-- How much of what happens in a province involves few actors: the sum of the squared shares (HHI), and
-- how many equally active actors would give the same.

return data.participations
  :group("province = if_else(event.place.precision <= 4, event.place.admin1, nil)", "actor")
  :aggregate("events = distinct(event)")
  :group("province")
  :derive("share = events / sum(events)")
  :aggregate("actors = count()", "hhi = sum(share * share)")
  :select("province", "actors", "hhi = round(hhi * 10000) / 10000",
    "effective = round(10000 / hhi) / 10000")
