local days = data.figures:where("id == 'f9'"):select("id", "value", "from = date", "to = date + 2")
  :spread("from", "to", "value")
print(days:group("from"):aggregate("toll = sum(value)"))
print(days:group("from"):aggregate("toll = sum(value)"):aggregate("toll = sum(toll)"))
