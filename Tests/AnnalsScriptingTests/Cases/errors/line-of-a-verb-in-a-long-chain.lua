-- An error names the line of its verb, wherever the chain begins.
local numbers = annals.table({ { 1 }, { 0 } }, { "n" })

local function at(body)
  local _, problem = pcall(body)
  print(problem.at)
end

at(function()
  return numbers
    :where("n > 0")
    :derive("m = x + 1")
    :sort("m")
end)

-- A row that fails when the table is counted, some verbs later.
at(function()
  return #numbers
    :derive("m = n + 9223372036854775807")
    :where("m > 0")
    :sort("m")
end)

-- Of chains in one another, the inner verb, and the outer one after it.
at(function()
  return numbers
    :where("n >= 0")
    :join(numbers
      :where("n > 0")
      :select("x"), "n")
end)
at(function()
  return numbers
    :where("n >= 0")
    :join(numbers
      :where("n > 0")
      :rename { m = "n" }, "n")
end)

-- More verbs in an argument than are remembered.
at(function()
  return numbers
    :join(
      numbers:where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0")
        :where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0")
        :where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0")
        :where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0"):where("n > 0")
        :select("n"),
      "x")
end)

-- A verb that was looked up before is called where it is called.
local sort = numbers.sort
at(function()
  return sort(
    numbers, "x")
end)
at(function() return numbers:take(1), sort(numbers, "x") end)
