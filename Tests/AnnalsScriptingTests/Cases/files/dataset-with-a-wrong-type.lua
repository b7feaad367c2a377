return annals.dataset{events = annals.table({{"e1", "2031-03-05"}}, {"id", "date"})}
