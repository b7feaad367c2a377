local t = annals.table({ { 1 }, { 2 } }, { "a`b" })
return t:where { ["a`b"] = 2 }
