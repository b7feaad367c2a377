local b = { by = 2, word = "!" }
print(data.events:select("id", "x = crowd * $by", b):first().x)
print(data.events:derive("x = crowd * $by", b):first().x)
print(data.events:group("x = crowd % $by", b):aggregate("n = sum(crowd) + $by", b):first().n)
print(data.events:count("x = type .. $word", b):first().x)
print(data.events:sort("-(crowd % $by)", b):first().id)
print(data.events:column("crowd + $by", b)[1])
