return annals.table({{"a", 1}}, {"name", "n"}):unpivot{"name", "n"}
