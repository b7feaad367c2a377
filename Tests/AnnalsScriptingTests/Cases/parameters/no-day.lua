-- given: from=2031-02-30
params { { "from", type = "day" } }
