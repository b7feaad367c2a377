return data.participations:where("event == 'e-clsh'")
