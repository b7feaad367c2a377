return data.figures:rename { n = "value" }:sort("-id"):where("event == 'e-blockade'"):take(5)
  :aggregate("toll = sum(n)")
