local each = data.figures:where("event == 'e-blockade'"):group("source")
for _, formula in ipairs { "max(value.best)", "mean(value.best)", "median(value.low)",
  "mode(value.low)", "min(value.high) + 1", "2 * last(value.low)" } do
  local ok, refusal = pcall(function()
    return #each:aggregate("v = " .. formula):aggregate("toll = sum(v)")
  end)
  print(formula, ok, ok and "" or refusal.message)
end
