local by_event = data.figures:where("measure == 'detained'"):resolve("highest")
  :group("event"):aggregate("toll = sum(value)")
return by_event:aggregate("toll = sum(toll)")
