return data.places:select("id"):take(2):derive("x", function() end)
