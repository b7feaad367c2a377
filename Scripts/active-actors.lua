-- Most active actors
--
-- The actors that take part in most events, with the roles that they have and the days between which
-- their dated events lie. An event counts once for an actor, whatever its roles in it.

local p = params {
  { "most", default = 10, help = "how many actors" },
  { "kind", choices = "actors.kind", help = "only actors of this kind" },
}

if not data:has("participations") then
  return "The dataset does not say who took part in its events."
end

return data.participations
  :where("$kind == nil or actor.kind == $kind", p)
  :group("actor", "actor.name", "actor.kind")
  :aggregate("events = distinct(event)", "roles = distinct(role)", "first = min(event.date)",
    "last = max(event.date)")
  :sort("-events", "`actor.name`")
  :take(p.most)
  :drop("actor")
