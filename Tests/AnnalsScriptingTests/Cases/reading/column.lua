local crowd = data.events:column("crowd")
print(crowd.n, #data.events, crowd[1], crowd[4], crowd[10])
local kinds = data.participations:column("actor.kind")
print(kinds.n, kinds[1], kinds[12])
