local by_event = data.figures:where("measure == 'detained'"):resolve("highest")
  :group("event", "accumulation"):aggregate("toll = sum(value)")
return by_event:group("accumulation"):aggregate("toll = sum(toll)")
