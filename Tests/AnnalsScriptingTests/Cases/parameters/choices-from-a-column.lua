-- given: measure=wounded
local p = params { { "measure", choices = "figures.measure" } }
print(p.measure)
