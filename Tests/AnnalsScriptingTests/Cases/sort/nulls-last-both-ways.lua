local function ids(t) return table.concat(t:column("id"), " ") end
print(ids(data.events:sort("crowd")))
print(ids(data.events:sort("-crowd")))
