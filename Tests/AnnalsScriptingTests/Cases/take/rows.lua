print(table.concat(data.events:take(2):column("id"), " "))
print(table.concat(data.events:skip(8):column("id"), " "))
print(table.concat(data.events:skip(2):take(2):column("id"), " "))
print(#data.events:take(0), #data.events:skip(100), #data.events:take(100))
