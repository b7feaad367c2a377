local p = params { { "measure" } }
p.measure = "killed"
