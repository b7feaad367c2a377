params { { "from day" } }
