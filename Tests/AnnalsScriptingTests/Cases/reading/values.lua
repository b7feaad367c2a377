-- The row number comes first, since a null would end the loop.
for row, id, country, name in data.places:values("id", "country", "upper = upper(name)") do
  print(row, id, country, name)
end
