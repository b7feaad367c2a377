local one = data.figures:where("id == 'f10'"):group("event"):aggregate("v = sum(value.best)")
local other = data.figures:where("id == 'f11'"):group("source"):aggregate("v = sum(value.best)")
return one:append(other):aggregate("toll = sum(v)")
