local ok, problem = pcall(function()
  return #data.places:derive("x", function(row)
    if row.id == "p-gate" then error({ code = 7, place = row.id }) end
    return 1
  end)
end)
print(ok, type(problem), problem.code, problem.place)
