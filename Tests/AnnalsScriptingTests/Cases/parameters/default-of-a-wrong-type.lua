params { { "from", type = "day", default = "yesterday" } }
