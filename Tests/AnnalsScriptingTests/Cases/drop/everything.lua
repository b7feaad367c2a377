return data.participations:select("id"):drop("id")
