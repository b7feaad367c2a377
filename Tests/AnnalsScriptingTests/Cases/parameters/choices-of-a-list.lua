-- given: roles=agent,taget
params { { "roles", type = "list", choices = { "agent", "target", "party" } } }
