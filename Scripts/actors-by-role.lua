-- Actors by role
--
-- Counts for each role the events in which an actor had it, most first. An event in which an actor
-- had one role several times counts once; `rows` says how many statements stand behind the number.

local p = params {
  { "role", choices = "participations.role", help = "only this role" },
  { "least", default = 1, help = "leave out actors with fewer events" },
}

if not data:has("participations") then
  return "The dataset does not say who took part in its events."
end

return data.participations
  :where("$role == nil or role == $role", p)
  :group("role", "actor.name")
  :aggregate("events = distinct(event)", "rows = count()")
  :where("events >= $least", p)
  :sort("role", "-events", "`actor.name`")
