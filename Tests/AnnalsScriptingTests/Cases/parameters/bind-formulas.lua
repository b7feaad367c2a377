-- given: least=100
local p = params { { "least", default = 3 }, { "from", type = "day" } }
return data.events:where("crowd >= $least and ($from == nil or date >= $from)", p):select("id")
