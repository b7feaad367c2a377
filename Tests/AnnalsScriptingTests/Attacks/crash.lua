-- Scripts that try to break the interpreter or the host.
--! recursion: error stack overflow
local function f() return 1 + f() end f()
--! recursion of metamethods: error C stack overflow
return setmetatable({}, {__index = function(t, k) return t[k + 1] end})[1]
--! recursion of pcall: holds
local function f() return pcall(f) end f()
--! recursion of coroutines: error C stack overflow
local function f() return coroutine.wrap(f)() end f()
--! recursion of gsub: error stack overflow
local function f() return ("x"):gsub("x", f) end f()
--! recursion of sort: error stack overflow
local function f() table.sort({1, 2, 3}, f) end f()
--! recursion of tostring: error stack overflow
local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return tostring(t) end tostring(t)
--! recursion of load: error overflow
local s = ("("):rep(100000) error(select(2, load("return " .. s)))
--! nested tables: error overflow
error(select(2, load("return " .. ("{"):rep(100000))))
--! nested functions: error overflow
error(select(2, load(("return function() "):rep(100000))))
--! nested blocks: error overflow
error(select(2, load(("do "):rep(100000))))
--! a loop of __index: error '__index' chain too long
local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a}) return a.x
--! a loop of __newindex: error '__newindex' chain too long
local a, b = {}, {} setmetatable(a, {__newindex = b}) setmetatable(b, {__newindex = a}) a.x = 1
--! a chain of __call: error calls are nested too deep
local t = setmetatable({}, {}) getmetatable(t).__call = t t()
--! a chain of __call within pcall: error calls are nested too deep
local t = setmetatable({}, {}) getmetatable(t).__call = t pcall(t) print("!after")
--! a ring of __call: error calls are nested too deep
local a, b = {}, {} setmetatable(a, {__call = b}) setmetatable(b, {__call = a}) a()
--! a chain of coroutine.close: holds
local c = coroutine.create(function() end)
for i = 1, 50000 do
  local d = c
  c = coroutine.create(function()
    local x <close> = setmetatable({}, {__close = function() coroutine.close(d) end}) coroutine.yield()
  end)
  coroutine.resume(c)
end
coroutine.close(c)
--! a chain of fields: error a chain of 100002 fields
local t = {} t.a = t error(select(2, load("local t = ... return t" .. (".a"):rep(100000) .. ".b.c")))
--! a chain of fields by assignments: error a chain of
error(select(2, load("local b = ... " .. ("b=b.a "):rep(50000) .. " return b.b.c")))
--! a chain of fields that is short: error attempt to index a nil value (field 'b')
local t = {} t.a = t return load("local t = ... return t" .. (".a"):rep(400) .. ".b.c")(t)
--! a weak metatable: holds
local m = setmetatable({__newindex = {}}, {__mode = "v"}) local t = setmetatable({}, m)
for i = 1, 100000 do t["k" .. i] = {} m.__newindex = {} end
--! weak tables with new metatables: holds
for i = 1, 2000 do
  local t = setmetatable({}, {__mode = "kv"}) for j = 1, 50 do t[{}] = {} end
  setmetatable(t, {__mode = "k"}) setmetatable(t, nil)
end
--! unpacking too much: error too many results to unpack
return table.unpack({}, 1, 1 << 30)
--! unpacking from the end: error too many results to unpack
return table.unpack({}, math.mininteger, math.maxinteger)
--! selecting beyond: error index out of range
select(-5, 1)
--! bytes of too much: error string slice too long
return ("x"):rep(2000000):byte(1, -1)
--! codes of too much: error string slice too long
return utf8.codepoint(("x"):rep(2000000), 1, -1)
--! concat beyond: error invalid value (nil)
table.concat({}, "", math.maxinteger - 1, math.maxinteger)
--! concat to the last integer: error invalid value (nil)
table.concat({}, "", math.mininteger, math.maxinteger)
--! moving beyond: error too many elements to move
table.move({}, math.mininteger, math.maxinteger, 1)
--! moving to beyond: error destination wrap around
table.move({}, 1, 10, math.maxinteger)
--! inserting beyond: error position out of bounds
table.insert({}, math.maxinteger, 1)
--! a length that wraps: holds
local t = setmetatable({}, {__len = function() return math.maxinteger end}) pcall(table.insert, t, 1)
--! a length that is no number: error object length is not an integer
table.concat(setmetatable({}, {__len = function() return "x" end}))
--! repeating too much: error resulting string too large
("x"):rep(math.maxinteger)
--! repeating nothing: holds
assert((""):rep(math.maxinteger) == "" and (""):rep(1 << 62, "") == "")
--! a format that is too long: error format longer than
return ("%d"):rep(1 << 20):format(1)
--! a width that is too large: error invalid conversion
return ("%999d"):format(1)
--! a date that is out of range: error date result cannot be represented
return os.date("%c", math.maxinteger)
--! a date format that is wrong: error invalid conversion specifier
return os.date("%Ez")
--! sizes that overflow: error format longer than
return string.packsize(("i16"):rep(1 << 19))
--! unpacking a long text: error data string too short
return string.unpack("s8", "\xff\xff\xff\xff\xff\xff\xff\x7f")
--! a pattern that is too complex: error pattern too complex
return ("x"):rep(300000):find((".?"):rep(300000))
--! too many captures: error too many captures
return ("x"):find(("()"):rep(40))
--! changing a table while going through it: error invalid key to 'next'
local t = {} for i = 1, 100 do t[{}] = i end local k = next(t) t = {} for i = 1, 100 do t["x" .. i] = i end
for j in pairs(t) do t[j] = nil end return next({1, 2}, k)
--! an order that contradicts itself: error invalid order function for sorting
table.sort({1, 2, 3, 4, 5}, function() return true end)
--! sorting that shrinks its list: holds
local t = {5, 4, 3, 2, 1} pcall(table.sort, t, function(a, b) for i = 1, 5 do t[i] = nil end return true end)
--! errors of errors: error turning it into text failed
error(setmetatable({}, {__tostring = function() error(setmetatable({}, {__tostring = function() error() end})) end}))
--! errors that are nil: error the error has no message
error(nil)
--! yielding across the host: error can't yield here
coroutine.wrap(function() return #data.events:where(function() coroutine.yield() end) end)()
--! resuming oneself: holds
local c c = coroutine.wrap(function() return c() end) assert(not pcall(c))
--! plans in plans: error more than 16 deep
local function f() return #data.events:where(function() return f() > 0 end) end f()
--! a row after its loop: error this row belongs to a loop that is over
local r for e in data.events:rows() do r = e end return r.type
--! a method without its object: error needs a `table of data` before it
local f = data.events.where f(1)
--! a method with another object: error needs a `table of data` before it, not dataset
local f = data.events.where f(data)
--! values that are none: error gave a Lua table in row 1
return annals.table({{{}}}, {"a"})
--! many names: error is given the column `a` twice
local names = {} for i = 1, 100000 do names[i] = "a" end return annals.table({}, names)
--! a formula that nests: error nests more than 100 deep
return data.events:where(("("):rep(100000) .. "true" .. (")"):rep(100000))
--! a text in a formula that does not end: error a text in quotes is never closed
return data.events:where("type == '" .. ("x"):rep(100000))

--! a plan of many steps: holds
local t = data.events
for _ = 1, 5000 do t = t:where("id ~= \"a\"") end
if #t ~= 26 then print("!") end

--! many columns one after the other: holds
local t = data.events:select("id")
for i = 1, 400 do t = t:derive("c" .. i .. " = 1") end
if t:first().c400 ~= 1 then print("!") end

--! many functions that wait for one another: holds
local t = data.events:select("id")
for i = 1, 250 do t = t:derive("c" .. i, function() return i end) end
if t:first().c250 ~= 250 then print("!") end
