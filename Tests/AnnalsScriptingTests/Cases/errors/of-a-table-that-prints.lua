error(setmetatable({}, { __tostring = function() return "I print myself" end }))
