-- Scripts that want more memory than there is. None may catch that.
--! doubling a text: memory
local s = "x" while true do s = s .. s end
--! repeating a text: memory
return ("x"):rep(1 << 30)
--! repeating with a separator: memory
return ("x"):rep(1 << 26, ("y"):rep(16))
--! a list: memory
local t = {} for i = 1, math.huge do t[i] = i end
--! a list of lists: memory
local t = {} while true do t = {t} end
--! keys: memory
local t = {} for i = 1, math.huge do t["k" .. i] = true end
--! sparse keys: memory
local t = {} for i = 1, math.huge do t[i * 1000003] = true end
--! functions: memory
local t = {} while true do t[#t + 1] = function() return t end end
--! coroutines: memory
local t = {} while true do t[#t + 1] = coroutine.create(print) end
--! coroutines with large stacks: memory
local t = {}
while true do
  local c = coroutine.create(function(...) coroutine.yield() end)
  coroutine.resume(c, table.unpack({}, 1, 10000))
  t[#t + 1] = c
end
--! caught by pcall: memory
while true do pcall(function() local s = "x" while true do s = s .. s end end) end
--! caught by xpcall: memory
xpcall(string.rep, function() print("!handled") end, "x", 1 << 30) print("!after")
--! caught by a coroutine: memory
coroutine.resume(coroutine.create(function() return ("x"):rep(1 << 30) end)) print("!after")
--! caught by wrap: memory
pcall(coroutine.wrap(function() return ("x"):rep(1 << 30) end)) print("!after")
--! closed: memory
local x <close> = setmetatable({}, {__close = function() print("!closed") end})
return ("x"):rep(1 << 30)
--! concat: memory
local t = {} for i = 1, 1000 do t[i] = ("x"):rep(100) end
local s = table.concat(t) while true do s = table.concat{s, s, s} end
--! gsub: memory
return ("x"):rep(1 << 20):gsub(".", ("y"):rep(1 << 20))
--! gsub of nothing: memory
return ("x"):rep(1 << 20):gsub("", ("y"):rep(1 << 10))
--! format: memory
local s = ("x"):rep(1 << 20) return (("%s"):rep(100)):format(table.unpack({}, 1, 0), s, s, s, s, s, s, s,
  s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s)
--! packing: memory
local s = ("x"):rep(1 << 20)
return string.pack(("s"):rep(40), s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s,
  s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s)
--! upper: memory
local t = {} for i = 1, 1000 do t[i] = ("x"):rep(1 << 20):upper() end
--! moving: memory
return table.move({1}, 1, 1 << 40, 1, setmetatable({}, {__newindex = function(t, k) rawset(t, k, k) end}))
--! filling by insert: memory
local t = {} while true do table.insert(t, 1 << 60) end
--! a compiled text: memory
return load("return {" .. ("{},"):rep(1 << 20) .. "}")
--! a reader: memory
return load(function() return "a = {1, 2, 3} " end)
--! a long string from a reader: memory
local first = true
return load(function() if first then first = false return "return [[" end return ("x"):rep(1 << 16) end)
--! captures kept: memory
local t = {} while true do for w in ("abc"):rep(1000):gmatch(".-c") do t[#t + 1] = {w} end end
--! upvalues: memory
local f = print while true do local g = f f = function() return g() end end
--! metatables: memory
local t = {} while true do t = setmetatable({}, {__index = t}) end
--! objects of ours: memory
local t = {} while true do t[#t + 1] = annals.figure(1, 2, 3) end
--! rows of ours: memory
local t = {} while true do for r in data.events:rows() do t[#t + 1] = r:copy() end end
--! errors: memory
local t = {} while true do t[#t + 1] = {select(2, pcall(error, {("x"):rep(100) .. #t}))} end
--! shown objects: memory
local t = {} while true do t[#t + 1] = tostring({}) .. #t end
--! a message: memory
error(("x"):rep(1 << 30))
--! a table of data: memory
local rows = {} for i = 1, math.huge do rows[i] = {i, "x" .. i} end return annals.table(rows, {"a", "b"})

--! tables that Lua takes for small: memory
local kept = {}
while true do kept[#kept + 1] = annals.table({ { 1 } }, { "a" }) end

--! queries that nobody runs: memory
local kept = {}
while true do kept[#kept + 1] = data.events:where("id == \"a\"") end

--! a table under itself again and again: plans
local t = data.events:select("id")
for _ = 1, 40 do t = t:append(t) end
return #t

--! results that nobody keeps: holds
local rows = {}
for i = 1, 5000 do rows[i] = { i, i / 3, i / 5, i / 7, i / 11, i / 13, i / 17, i / 19 } end
local t = annals.table(rows, { "a", "b", "c", "d", "e", "f", "g", "h" })
for _ = 1, 80 do
  if #t:sort("-a") ~= 5000 then print("!") end
end

--! a formula of some megabytes: error more than 256 KiB
return data.events:derive("x = " .. ("1 + "):rep(1000000) .. "1")
--! replacing by more and more: plans
local t = annals.table({{("a"):rep(1000)}}, {"a"})
for i = 1, 12 do t = t:derive("a = replace(a, 'a', 'aaaaaaaaaa')") end return #t
--! iterators by the thousand: memory
local t = {} while true do t[#t + 1] = data.events:rows() t[#t](nil) end
--! first rows by the thousand: memory
local t = {} while true do t[#t + 1] = data.events:first() end
--! rows by number by the thousand: memory
local t = {} while true do t[#t + 1] = data.events[1] end
--! references by the thousand: memory
local t = {} local r = data.events:first() while true do t[#t + 1] = r.place end
--! groups by the thousand: memory
local t = {} while true do for g, k in data.events:groups("type") do t[#t + 1] = g end end
--! first rows of tables of one's own: memory
local t = {} while true do t[#t + 1] = annals.table({{("x"):rep(1000)}}, {"a"}):first() end
--! datasets by the thousand: memory
local t = {} while true do t[#t + 1] = annals.dataset{events = annals.table({{1}}, {"id"})} end
--! a plan of functions by the thousand: memory
local t = {} while true do t[#t + 1] = data.events:where(function() return #t > 0 end) end
--! a plan beside a small heap: holds
return #annals.table({{("y"):rep(2000000)}}, {"a"}):derive("b = a .. a")
--! a plan beside a large heap: plans
local kept = ("x"):rep(9000000)
return #annals.table({{("y"):rep(2000000)}}, {"a"}):derive("b = a .. a")
--! a table beside a large heap: plans
local kept = ("x"):rep(9000000)
return annals.table({{("y"):rep(4000000)}}, {"a"})
--! gaps between blocks that stay: memory
local kept = {}
for size = 1, 31 do
  local all = {}
  for i = 1, 120000 // size do all[i] = ("x"):rep(size * 16) .. i end
  for i = 1, #all, 400 // size do kept[#kept + 1] = all[i] end
end
return #kept, #("x"):rep(5 << 20)
--! texts of a function for many rows: plans
local t = annals.table({{1}}, {"a"}) for i = 1, 14 do t = t:append(t) end
return #t:derive("x", function() return ("x"):rep(10000) end)
--! texts of a function for many groups: plans
local t = annals.table({{1}}, {"a"}) for i = 1, 12 do t = t:append(t) end
return #t:derive("n = row_number()"):group("n"):aggregate("x", function() return ("x"):rep(10000) end)
--! one text in many rows of a table: plans
local text, rows = ("x"):rep(100000), {} for i = 1, 1000 do rows[i] = {text} end
return #annals.table(rows, {"a"})
--! one text in many names of columns: plans
local text, names = ("x"):rep(100000), {} for i = 1, 1000 do names[i] = text end
return #annals.table({}, names)
--! one text in a set many times: plans
local text, set = ("x"):rep(100000), {} for i = 1, 1000 do set[i] = text end
return #data.events:where("title in $set", { set = set })
--! one set under many names: plans
local set, bindings = {}, {} for i = 1, 10000 do set[i] = i end
for i = 1, 500 do bindings["k" .. i] = set end
return #data.events:where("1 in $k1", bindings)
--! one text among the choices of a parameter many times: plans
local text, choices = ("x"):rep(100000), {} for i = 1, 1000 do choices[i] = text end
params { { "a", choices = choices } }
--! one text in a list of a row function many times: plans
local text, list = ("x"):rep(100000), {} for i = 1, 1000 do list[i] = text end
return annals.length(list)
--! tables that each keep a bound text: memory
local text, kept = ("x"):rep(100000), {}
for i = 1, 10000 do kept[i] = data.events:where("title ~= $text", { text = text }) end
--! a wide cell of many rows as text: plans
local t = annals.table({{("x"):rep(100000)}}, {"a"}) for i = 1, 10 do t = t:append(t) end
return #tostring(t)
--! narrow cells beside a wide one as text: plans
local wide = annals.table({{("x"):rep(100000), 1}}, {"a", "b"})
local t = annals.table({{"", 1}}, {"a", "b"}) for i = 1, 12 do t = t:append(t) end
return #tostring(t:append(wide))
--! a list of millions as a table of Lua: memory
local t = annals.table({{ ("a,"):rep(20000) }}, { "a" }):select("b = split(a, ',')") local keep = {}
for i = 1, 1000 do keep[i] = t:value() end
--! thousands of formulas in one verb: holds
local formulas = {} for i = 1, 1000 do formulas[i] = "c" .. i .. " = a + " .. i end
assert(annals.table({{ 1 }}, { "a" }):derive(table.unpack(formulas)):select("c1000"):value() == 1001)
