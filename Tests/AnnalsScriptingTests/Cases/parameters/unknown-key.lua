params { { "from", tpye = "day" } }
