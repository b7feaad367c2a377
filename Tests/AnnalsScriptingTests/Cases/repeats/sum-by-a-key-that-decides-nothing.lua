return data.participations:aggregate("crowd = sum(event.crowd, role)")
