return data.participations:select("id", "event.type"):where("event.type == 'raid'")
