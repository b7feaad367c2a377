return data.ships:select("number", "`Event Date`", "`end`"):where("`Event Date` > '2031-03-05' and `end` == 'sea'")
