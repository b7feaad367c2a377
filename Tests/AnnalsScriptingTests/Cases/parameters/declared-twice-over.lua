params { { "measure" } }
params { { "from", type = "day" } }
