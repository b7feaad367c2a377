local f1 = data.figures[1]
print(#data.figures:where("value >= $f", { f = f1.value }), #data.figures:where("event == $e", { e = f1.event }))
