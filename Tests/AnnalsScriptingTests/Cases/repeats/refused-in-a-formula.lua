return data.participations:aggregate("crowd = sum(event.crowd * 2 + 1)")
