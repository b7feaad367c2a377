return data.events:where("title == $t", { t = "x' or true or 'x" }):aggregate("n = count()")
