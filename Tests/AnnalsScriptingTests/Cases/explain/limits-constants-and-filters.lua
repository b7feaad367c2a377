local p = params { { "from", type = "day", help = "first day" } }
print(data.figures:where("$from == nil or date >= $from", p):sort("-value"):take(3)
  :select("id", "twice = value.best * (1 + 1)"):explain())
print(data.figures:derive("n = value.best + 1"):where("measure == 'killed'"):explain())
print(data.events:take(20):skip(5):where("type == 'raid'"):explain())
