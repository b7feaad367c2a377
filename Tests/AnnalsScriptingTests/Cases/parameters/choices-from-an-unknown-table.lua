params { { "measure", choices = "figure.measure" } }
