return data.figures:where("event == 'e-blockade' or quantity == 'q-clash-killed'")
  :resolve("highest"):group("measure"):aggregate("toll = sum(value)", "claims = sum(claims)")
