return data.participations:group("role"):aggregate("crowd = sum(event.crowd)")
