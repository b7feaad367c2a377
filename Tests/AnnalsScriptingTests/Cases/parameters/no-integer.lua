-- given: least=2.5
params { { "least", default = 1 } }
