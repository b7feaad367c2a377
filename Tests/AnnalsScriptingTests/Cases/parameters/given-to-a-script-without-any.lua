-- given: measure=killed
return data.events:count()
