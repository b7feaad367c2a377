print(table.concat(data.events:where("type in {'raid', 'talks'}"):column("id"), " "))
print(table.concat(data.events:where("not (crowd in {5, 12, 40})"):column("id"), " "))
print(table.concat(data.events:where("date in {'2031-03-06'}"):column("id"), " "))
print(#data.events:where("type in {}"))
