-- 0.1 + 0.2 + 0.3 - 0.25 added one after another would be 0.35000000000000003.
return data.ships:aggregate("sum = sum(ratio)")
