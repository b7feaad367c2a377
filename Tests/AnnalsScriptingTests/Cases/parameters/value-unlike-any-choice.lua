-- given: measure=x
params { { "measure", choices = "figures.measure" } }
