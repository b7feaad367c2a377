-- Square of the correlation of two whole numbers, from exact sums
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local function ask()
  return data.events
    :group("id2", "id4")
    :aggregate("n = count()", "x = sum(v1)", "y = sum(v2)", "xy = sum(v1 * v2)",
      "xx = sum(v1 * v1)", "yy = sum(v2 * v2)")
    :ungroup()
    :select("id2", "id4", "r2 = (n * xy - x * y) * (n * xy - x * y) / ((n * xx - x * x) * (n * yy - y * y))")
end

return require "repeated" (ask, p.times)
