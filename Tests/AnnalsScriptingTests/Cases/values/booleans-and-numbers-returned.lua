return 1, 2.0, true, "text", data.figures[1].value, data.participations[1].event
