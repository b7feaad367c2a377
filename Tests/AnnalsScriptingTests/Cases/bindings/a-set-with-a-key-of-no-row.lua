-- It may be a key of another dataset.
return data.participations:where("actor in $who", { who = { "a-union", "a-nobody" } })
  :aggregate("actors = distinct(actor)")
