params { { "from", type = "date" } }
