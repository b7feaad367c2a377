params { "measure" }
