local p = params {
  { "measure", default = "killed" },
  { "least", default = 3 },
  { "share", default = 0.5 },
  { "strict", default = false },
  { "from", type = "day", default = "2031-03-01" },
  { "kinds", default = { "a", "b" } },
  { "to", type = "day" },
}
print(p.measure, p.least, math.type(p.least), p.share, p.strict, p.from, type(p.from), p.to)
print(#p.kinds, p.kinds[2])
