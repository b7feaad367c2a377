local by_event = data.figures:where("measure == 'detained' and accumulation == 'increment'")
  :resolve("highest"):group("event"):aggregate("toll = sum(value)")
print(by_event)
print(by_event:aggregate("toll = sum(toll)"))
