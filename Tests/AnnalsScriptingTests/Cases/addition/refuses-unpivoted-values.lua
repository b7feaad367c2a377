local long = data.figures:where("id == 'f10'"):derive("least = value.low", "most = value.high")
  :unpivot{"least", "most", name = "bound", value = "n"}
print(long:select("bound", "n"))
return long:aggregate("toll = sum(n)")
