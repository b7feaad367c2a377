local p = params { { "measure", default = "displaced", choices = "figures.measure" } }
print(p.measure)
