print(data.events == nil, #data.ships, #data.parts, #data.original)
print(data)
