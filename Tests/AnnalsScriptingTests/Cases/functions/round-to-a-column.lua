return annals.table({ { 1.25, 1 } }, { "x", "n" }):derive("y = round(x, n)")
