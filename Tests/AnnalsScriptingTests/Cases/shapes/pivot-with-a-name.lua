return data.participations:group("actor.kind"):pivot("role", "n = count()")
