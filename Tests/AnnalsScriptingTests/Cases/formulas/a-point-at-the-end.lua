return data.participations:where("event. == 'x'")
