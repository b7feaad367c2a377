return data.participations:aggregate("crowd = mean(event.crowd, event)")
