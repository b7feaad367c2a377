-- A null is unequal and equal to nothing; only the test for nil sees it.
print(#data.events:where("$x == nil", { x = annals.null }), #data.events:where("type == $x", { x = annals.null }))
print(#data.events:where("$x == nil or type == $x", { x = annals.null }))
