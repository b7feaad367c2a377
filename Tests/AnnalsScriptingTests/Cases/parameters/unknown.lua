-- given: mesure=killed
params { { "measure" }, { "from", type = "day" } }
