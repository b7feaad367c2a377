for name, t in pairs(data) do print(name, #t) end
