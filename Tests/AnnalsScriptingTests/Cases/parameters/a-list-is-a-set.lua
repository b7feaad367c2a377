-- given: types=raid,talks
local p = params { { "types", type = "list" } }
return data.events:where("type in $types", p):select("id")
