local rows = {}
for i = 1, 3 do rows[i] = data.places[i] end
print(rows[1].id, rows[2].id, rows[3].id)
