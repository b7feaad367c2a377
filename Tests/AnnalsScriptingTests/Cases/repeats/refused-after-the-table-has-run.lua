local t = data.participations:select("role", "crowd = event.crowd")
print(#t)
return t:aggregate("crowd = sum(crowd)")
