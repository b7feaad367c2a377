print(table.concat(data.figures:where("value == nil"):column("id"), " "))
print(#data.figures:where("value ~= nil"), #data.figures:where("value.best == nil"))
