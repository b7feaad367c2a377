return annals.dataset{places = annals.table({{"p1", "a"}, {nil, "b"}}, {"id", "name"})}
