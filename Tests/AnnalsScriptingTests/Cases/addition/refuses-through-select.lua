return data.figures:where("measure == 'wounded'"):select("id", "toll = value.best")
  :aggregate("toll = sum(toll)")
