print(data.participations[1].event.titel)
