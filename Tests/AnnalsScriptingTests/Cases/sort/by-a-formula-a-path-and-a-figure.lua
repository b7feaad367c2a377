print(table.concat(data.events:where("score ~= nil"):sort("-score * score"):column("id"), " "))
print(table.concat(data.participations:sort("-actor.name", "id"):column("id"), " "))
print(table.concat(data.figures:where("measure == 'wounded'"):sort("value"):column("id"), " "))
