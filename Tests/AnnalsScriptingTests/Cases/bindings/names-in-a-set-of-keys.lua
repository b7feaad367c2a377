return data.participations:where("actor in $who", { who = { "a-union", "Dockers' Union" } })
