return data.events:where(string.rep("(", 200) .. "true" .. string.rep(")", 200))
