local p = params { { "measure" }, { "from", type = "day" } }
print(p.measre)
