for _, formula in ipairs { "a <> b", "a && b", "a || b", "!a" } do
  local _, problem = pcall(function() return data.events:where(formula) end)
  print(problem.message)
  print(problem.fix)
end
