local ok, problem = pcall(function() return data.events:where("crwd > 1") end)
print(ok, type(problem), problem.kind, problem.at, problem.fix)
print(problem.message)
