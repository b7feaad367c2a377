print(data.participations[4])
print(data.places[5])
