local t = data.events:take(2):expand("participations"):select("id", "participations")
print(t:first().participations, t:first().participations.id)
return t, t:count("participations")
