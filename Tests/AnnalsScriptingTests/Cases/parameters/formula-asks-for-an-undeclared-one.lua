local p = params { { "measure" }, { "from", type = "day" } }
return data.figures:where("measure == $measre", p)
