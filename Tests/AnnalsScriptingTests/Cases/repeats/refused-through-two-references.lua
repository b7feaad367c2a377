return data.participations:aggregate("x = sum(event.place.precision)")
