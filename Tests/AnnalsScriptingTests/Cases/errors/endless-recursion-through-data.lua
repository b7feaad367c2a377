local function again() return #data.places:where(function() return again() end) end
again()
