-- given: colour=red
params { { "measure" }, { "from", type = "day" } }
