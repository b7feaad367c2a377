return data.figures:group("measure"):where("date >= '2031-03-08'"):sort("-id"):resolve("highest")
  :aggregate("ids = count()", "claims = sum(claims)")
