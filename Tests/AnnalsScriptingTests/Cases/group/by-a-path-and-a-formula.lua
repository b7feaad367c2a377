return data.events:group("place.kind", "big = crowd > 100"):aggregate("n = count()")
