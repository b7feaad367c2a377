-- As a key of a Lua table one uses its id.
local n = {}
for x in data.participations:rows() do n[x.actor.id] = (n[x.actor.id] or 0) + 1 end
print(n["a-union"], n["a-police"], n["a-crew"], n["a-mayor"], n["a-ministry"])
