return data.events:where(string.rep("x", 200) .. " > 1")
