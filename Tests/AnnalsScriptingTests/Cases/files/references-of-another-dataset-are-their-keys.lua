local other = annals.open("Tests/AnnalsScriptingTests/Fixtures/harbour")
local gate = data.events:where("id == 'e-clash'"):first().place
local mine = annals.table({{gate}}, {"place"})
local theirs = annals.table({{other.events[3].place}, {gate}}, {"place"})
print(mine[1].place.name, theirs[1].place)
return other.events:where("place == $gate", {gate = gate}):select("id"),
  data.events:join(other.events:select("id", "where = place"), "id"):where("place == where"):count()
