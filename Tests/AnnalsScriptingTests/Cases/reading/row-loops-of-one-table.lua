-- Each loop has a view of its own, also where the loops are of one table; coroutines may hold them.
local t = annals.table({ { "a" }, { "b" } }, { "name" })
for outer in t:rows() do
  for inner in t:rows() do io_ = (io_ or "") .. outer.name .. inner.name .. " " end
end
print(io_)
local step = coroutine.wrap(function() for row in t:rows() do coroutine.yield(row) end end)
local row = step()
print(row.name, step().name, row.name)
print(step(), pcall(function() return row.name end))
local next = t:rows()
print(next().name, next().name, next(), next())
local numbered = t:values("name")
print(numbered())
print(numbered())
print(numbered())
