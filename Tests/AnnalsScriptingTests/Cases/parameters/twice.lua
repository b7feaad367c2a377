params { { "measure" }, { "measure" } }
