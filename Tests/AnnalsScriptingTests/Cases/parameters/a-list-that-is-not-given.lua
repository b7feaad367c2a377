-- A list without a value is null, as any other parameter.
local p = params { { "types", type = "list" } }
print(#data.events:where("$types == nil or type in $types", p), #data.events:where("type in $types", p))
