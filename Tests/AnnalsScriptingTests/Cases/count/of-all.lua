return data.participations:count():value()
