-- given: strict=yes
params { { "strict", default = false } }
