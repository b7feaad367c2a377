print(table.concat(data.events:sort("status"):column("id"), " "))
print(table.concat(data.events:sort("-status"):column("id"), " "))
