-- For each of true, false and null: what `and` and `or` make of it with true, false and null.
return data.ships:where("number <= 3"):select("open",
  "and_true = open and true", "and_false = open and false", "and_null = open and big > $n",
  "or_true = open or true", "or_false = open or false", "or_null = open or big > $n",
  "no = not open", { n = annals.null })
