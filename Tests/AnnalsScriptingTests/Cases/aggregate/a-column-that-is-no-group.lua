return data.events:group("type"):aggregate("n = count()", "where_it_was = place.name")
