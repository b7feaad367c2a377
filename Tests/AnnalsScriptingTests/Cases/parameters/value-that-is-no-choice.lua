-- given: measure=wonded
params { { "measure", choices = "figures.measure" } }
