local union = data.actors[1]
print(#union.aliases, union.aliases[1], union.aliases[3], table.concat(union.aliases, "|"))
print(data.actors[3].aliases, #(data.actors[3].aliases or {}))
