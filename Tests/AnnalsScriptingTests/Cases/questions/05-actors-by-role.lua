-- Actors by role
--
-- In how many events each actor had each role. `rows` is greater where a role is told more than once.

return data.participations
  :group("role", "actor.name")
  :aggregate("events = distinct(event)", "rows = count()")
  :sort("role", "-events", "`actor.name`")
