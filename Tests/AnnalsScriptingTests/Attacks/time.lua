-- Scripts that never end. Each must end at its deadline, and nothing of it may go on.
--! an empty loop: time
while true do end
--! repeat: time
repeat until false
--! goto: time
::a:: goto a
--! a numeric loop: time
for i = 1, math.huge do end
--! a loop over an endless iterator: time
for x in function() return 1 end do end
--! recursion that is caught: time
local function f() return pcall(f) end while true do f() end
--! tail calls: time
local function f() return f() end f()
--! pcall around a loop: time
while true do pcall(function() while true do end end) end
--! pcall swallows the end: time
pcall(function() while true do end end) while true do end
--! xpcall whose handler loops: time
xpcall(function() error() end, function() while true do end end)
--! xpcall whose function loops, and whose handler would: time
xpcall(function() while true do end end, function() while true do end end)
--! errors in handlers: time
while true do xpcall(error, function() error() end) end
--! a coroutine: time
coroutine.wrap(function() while true do end end)()
--! a coroutine that was made before: time
local c = coroutine.create(function() while true do coroutine.yield() end end)
while true do coroutine.resume(c) end
--! resume swallows the end: time
while true do coroutine.resume(coroutine.create(function() while true do end end)) end
--! wrap within pcall: time
while true do pcall(coroutine.wrap(function() while true do end end)) end
--! nested coroutines: time
local function f(n) if n == 0 then while true do end end coroutine.wrap(f)(n - 1) end f(50)
--! closing a coroutine: time
local c = coroutine.create(function()
  local x <close> = setmetatable({}, {__close = function() while true do end end})
  coroutine.yield()
end)
coroutine.resume(c) coroutine.close(c)
--! a variable that is closed: time
local x <close> = setmetatable({}, {__close = function() while true do end end})
--! a variable that is closed by an error: time
pcall(function()
  local x <close> = setmetatable({}, {__close = function() while true do end end}) error()
end)
--! closing goes on after the end: time
local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end
--! __index: time
return setmetatable({}, {__index = function() while true do end end}).x
--! __newindex: time
setmetatable({}, {__newindex = function() while true do end end}).x = 1
--! __call: time
setmetatable({}, {__call = function() while true do end end})()
--! __concat: time
return setmetatable({}, {__concat = function() while true do end end}) .. ""
--! __len: time
return #setmetatable({}, {__len = function() while true do end end})
--! __eq: time
local m = {__eq = function() while true do end end}
return setmetatable({}, m) == setmetatable({}, m)
--! __lt: time
local m = {__lt = function() while true do end end}
return setmetatable({}, m) < setmetatable({}, m)
--! __unm: time
return -setmetatable({}, {__unm = function() while true do end end})
--! __pairs: time
for _ in pairs(setmetatable({}, {__pairs = function() while true do end end})) do end
--! __tostring in print: time
print(setmetatable({}, {__tostring = function() while true do end end}))
--! __tostring in format: time
return ("%s"):format(setmetatable({}, {__tostring = function() while true do end end}))
--! __tostring of the error: time
error(setmetatable({}, {__tostring = function() while true do end end}))
--! __tostring of the result's error: time
return tostring(setmetatable({}, {__tostring = function() while true do end end}))
--! a pattern that backtracks: time
return ("a"):rep(100000):find(".-.-.-.-b")
--! a greedy pattern: time
return ("a"):rep(100000):match("(.*)(.*)(.*)b")
--! optional characters: time
return ("a"):rep(40):find(("a?"):rep(40) .. ("a"):rep(40) .. "b")
--! gmatch: time
for _ in ("a"):rep(100000):gmatch("a*a*a*b") do end
--! gsub: time
return ("a"):rep(100000):gsub("a-a-a-b", "")
--! unbalanced brackets: time
return ("("):rep(1000000):find("%b()")
--! a frontier with a long set: time
return ("a"):rep(1000000):find("%f[" .. ("x"):rep(100000) .. "]")
--! a long set: time
return ("a"):rep(1000000):find("[" .. ("x"):rep(100000) .. "]b")
--! back references: time
return ("a"):rep(20000):find("(.*)%1b")
--! a pattern within pcall: time
while true do pcall(string.find, ("a"):rep(100000), ".-.-.-b") end
--! gsub with a function that loops: time
return ("a"):gsub("a", function() while true do end end)
--! concat of a list that is made up: time
table.concat(setmetatable({}, {__index = table.concat}), "", 1, 1 << 62)
--! inserting into a list that is made up: time
table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1)
--! removing from a list that is made up: time
table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)
--! moving nothing: time
table.move({}, 1, 1 << 60, 2)
--! moving nothing backwards: time
table.move({}, 1, 1 << 60, 5, {})
--! a comparison that loops: time
table.sort({3, 2, 1}, function() while true do end end)
--! sorting a list that is made up: time
table.sort(setmetatable({}, {
  __len = function() return 1 << 30 end, __index = function() return 1 end,
  __newindex = function() end}))
--! sorting texts that are equal for long: time
local t, s = {}, ("x"):rep(1 << 20)
for i = 1, 10000 do t[i] = s .. (i % 7) if i > 7 then t[i] = t[i - 7] end end
while true do table.sort(t) end
--! counting characters: time
local s = ("a"):rep(1 << 20) while true do utf8.len(s) end
--! stepping through characters: time
local s = ("\u{10FFFF}"):rep(1 << 18) while true do utf8.offset(s, -(1 << 18)) end
--! a reader that never ends: time
load(function() return "a = 1 " end)
--! a reader that loops: time
load(function() while true do end end)
--! compiling a long condition: time
local s = "x = " .. ("a or "):rep(300000) .. "a" while true do load(s) end
--! changing letters: time
local s = ("a"):rep(1 << 22) while true do s:upper() s:lower() s:reverse() end
--! repeating much: time
while true do ("ab"):rep(1 << 22) end
--! searching plainly: time
local s = ("a"):rep(1 << 22) while true do s:find(s .. "b", 1, true) s:find("b", 1, true) end
--! a function in a plan: time
return data.events:where(function() while true do end end)
--! a function in an aggregate: time
return data.events:group("type"):aggregate("x", function() while true do end end)
--! a plan within pcall: time
while true do pcall(function() return #data.events:where(function() while true do end end) end) end
--! plans without end: time
while true do local n = #data.events:count("type") end
--! rows without end: time
while true do for e in data.events:rows() do local t = e.type end end
--! next and rawset: time
local t = {} for i = 1, 1000 do t[i] = i end while true do for k in next, t do rawset(t, k, k) end end
--! select over many: time
local function f(...) while true do select("#", ...) end end f(table.unpack({}, 1, 100000))
--! dates: time
while true do os.date(("%c"):rep(30000)) end
--! packing: time
while true do string.pack("c1000000", "") end
--! numbers from long texts: time
local s = ("1"):rep(1 << 22) while true do tonumber(s, 10) local n = s + 0 end
--! many coroutines: time
while true do coroutine.create(print) end
--! randomness: time
while true do math.randomseed(math.random(1 << 60)) end
--! deep calls again and again: time
while true do pcall(function() local function f(n) return n and f(n) end f(1) end) end
--! a chain of __call on a stack that is large already: time
local t = setmetatable({}, {}) getmetatable(t).__call = t table.unpack({}, 1, 900000) t()
--! keys that take long to hash: time
local s = ("x"):rep(1 << 24) local i = 0 while true do i = i + 1 local t = {} t[s .. i] = 1 end
--! a pattern in a formula that backtracks: error takes too long
local t = annals.table({{("a"):rep(100000)}}, {"a"}) return t:where("matches(a, '.-.-.-.-b')")
--! formulas in a row: time
while true do pcall(function() return data.events:where("1 == = 2") end) pcall(function() return data.events:where(("not "):rep(50) .. "true") end) end
--! parameters within loops: time
while true do pcall(params, {{"a"}}) end
--! a loop in an order: time
return #data.events:sort(function() while true do end end)
--! a part that is nearly everywhere: holds
return #annals.replace(("a"):rep(1000000), ("a"):rep(500000) .. "b", "")
--! a path of many names: error nests more than
return #data.events:derive("x = place" .. (".place"):rep(20000))
--! days of many spans: time
local rows = {} for i = 1, 60 do rows[i] = { "0001-01-01", "9999-12-31", 1 } end
return #annals.table(rows, { "x", "y", "n" }):derive("x = day(x)", "y = day(y)"):spread("x", "y", "n")
--! a long text to fill in: time
local t = annals.table({{ "2000-01-01", "x" }}, { "x", "g" }):derive("x = day(x)")
return #t:complete("x", "1 day", { g = ("x"):rep(1000000) }, { from = "2000-01-01", to = "2020-12-31" })
--! places in a long text of many rows: time
local t = annals.table({{ ("é"):rep(1000000) }}, { "n" }) for i = 1, 12 do t = t:append(t) end
return #t:derive("i = row_number()"):where("sub(n, 999999 + i % 2, 1000000) ~= 'x'")
--! a part of one letter that is nearly everywhere: holds
local whole = annals.table({{ ("z"):rep(3000000), ("z"):rep(300000) .. "e" .. ("z"):rep(1000) }}, { "a", "p" })
assert(whole:select("n = contains(a, p)"):value() == false)
--! a text that is split into millions: time
local t = annals.table({{ ("ab,"):rep(100000) }}, { "a" })
while true do for _ in t:derive("b = split(a, ',')"):rows() do end end
--! rows that all match one another: time
local rows = {} for i = 1, 500 do rows[i] = { "k", i } end local t = annals.table(rows, { "a", "b" })
while true do t:join(t, "a", "full"):aggregate("n = median(b_right)"):value() end
--! tables that double, and are read: time
local t = annals.table({{ 1 }}, { "a" }) for i = 1, 16 do t = t:append(t) end
while true do t:derive("b = lag(a)"):aggregate("n = stddev(b)"):value() end
