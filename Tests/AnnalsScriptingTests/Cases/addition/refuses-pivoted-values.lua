local wide = data.figures:where("event == 'e-blockade'"):group("id")
  :pivot("measure", "max(value.best)")
return wide:aggregate("toll = sum(detained)")
