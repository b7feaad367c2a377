return data.figures:where("event == 'e-blockade'"):derive("v = value.best * 1")
  :select("v"):aggregate("toll = sum(v)")
