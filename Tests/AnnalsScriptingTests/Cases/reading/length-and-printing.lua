local t = data.places:select("id", "precision"):take(2)
print(#t)
print(t)
print(t:where("precision > 5"))
