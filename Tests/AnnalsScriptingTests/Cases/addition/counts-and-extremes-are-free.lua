return data.figures:where("event == 'e-blockade'")
  :aggregate("n = count(value)", "least = min(value.best)", "most = max(value.best)")
