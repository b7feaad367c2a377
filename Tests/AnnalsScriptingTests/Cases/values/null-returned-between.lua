return "a", nil, "b"
