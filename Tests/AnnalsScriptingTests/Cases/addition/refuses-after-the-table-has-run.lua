local claims = data.figures:where("event == 'e-blockade'")
print(#claims)
return claims:aggregate("toll = sum(value)")
