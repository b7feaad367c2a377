return data.figures:where("measure == 'detained'"):resolve("widest")
  :group("accumulation"):aggregate("toll = sum(value)", "claims = sum(claims)")
