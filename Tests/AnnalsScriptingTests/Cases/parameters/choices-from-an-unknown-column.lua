params { { "measure", choices = "figures.mesure" } }
