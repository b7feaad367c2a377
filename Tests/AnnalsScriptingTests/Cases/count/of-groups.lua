return data.participations:count("role", "actor.kind")
