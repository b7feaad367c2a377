return data.participations:select("event.titel")
