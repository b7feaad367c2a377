params { { "from", type = "day", required = true, help = "first day" } }
