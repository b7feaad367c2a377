-- given: from=2031-03-05
local p = params { { "to", default = 2 }, { "from", type = "day" }, { "measure" } }
for name, value in pairs(p) do print(name, value) end
