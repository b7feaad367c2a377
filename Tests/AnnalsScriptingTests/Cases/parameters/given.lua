-- given: measure=wounded least=12 share=2 strict=true from=2031-03-05 kinds=x,y,z
local p = params {
  { "measure", default = "killed" },
  { "least", default = 3 },
  { "share", default = 0.5 },
  { "strict", default = false },
  { "from", type = "day", default = "2031-03-01" },
  { "kinds", default = { "a", "b" } },
}
print(p.measure, p.least, math.type(p.least), p.share, math.type(p.share), p.strict, p.from)
print(#p.kinds, p.kinds[3])
