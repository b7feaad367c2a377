local _, problem = pcall(function() return data.evnts end)
print(problem)
