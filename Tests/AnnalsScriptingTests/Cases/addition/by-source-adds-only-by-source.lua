local claims = data.figures:where("quantity == 'q-clash-killed'"):resolve("by_source")
print(claims:group("asserted_by"):aggregate("toll = sum(value)"))
print(claims:aggregate("toll = sum(value)"))
