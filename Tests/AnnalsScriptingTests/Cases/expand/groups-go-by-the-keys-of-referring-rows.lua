return data.events:take(2):expand("participations"):count("participations")
