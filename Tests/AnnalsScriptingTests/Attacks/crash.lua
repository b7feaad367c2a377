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
--! columns that are made up: error needs the names of its columns
return annals.table({{1}}, setmetatable({}, {__len = function() return 1 << 60 end, __index = function(_, i) return "c" .. i end}))
--! a column's name of a megabyte: holds
pcall(annals.table, {{1}}, {("x"):rep(1 << 20)})
--! a name of a chunk that is long: error unexpected symbol
error(select(2, load("x = = 1", ("n"):rep(1 << 24))))
--! an identifier that is long: error attempt to call a number value
local n = ("a"):rep(1 << 22) assert(load(n .. " = 1 " .. n .. "()"))()
--! a numeral that is long: holds
assert(load("return 0x" .. ("f"):rep(1 << 22))) assert(load("return 1" .. ("0"):rep(1 << 22))) assert(load("return 0." .. ("1"):rep(1 << 22) .. "e5"))
--! a long bracket that is long: holds
load("return [" .. ("="):rep(1 << 22) .. "[") load("--[" .. ("="):rep(1 << 22) .. "[ x")
--! too many locals and constants: holds
load(("local a "):rep(300)) local t = {} for i = 1, 70000 do t[i] = "x" .. i .. " = " .. i .. ".5" end assert(load(table.concat(t, " ")))()
--! a constant _ENV: error attempt to index a number value
local _ENV <const> = 11 X = "hi"
--! closing one another: holds
local a, b
a = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() coroutine.close(b) end}) coroutine.yield() end)
b = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() coroutine.close(a) end}) coroutine.yield() end)
coroutine.resume(a) coroutine.resume(b) pcall(coroutine.close, a)
--! resuming what is being closed: holds
local c c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() coroutine.resume(c) end}) coroutine.yield() end)
coroutine.resume(c) pcall(coroutine.close, c) pcall(coroutine.close, c) coroutine.resume(c)
--! errors while closing errors: holds
pcall(function() local x <close> = setmetatable({}, {__close = function(_, e) local y <close> = setmetatable({}, {__close = function() error(e) end}) error("b") end}) error("a") end)
--! closing many: holds
local function f(n) local x <close> = setmetatable({}, {__close = function() end}) if n > 0 then return f(n - 1), 1 end end pcall(f, 10000)
--! yields in comparisons of a sort: error attempt to yield across a C-call boundary
coroutine.wrap(function() table.sort({3, 2, 1}, function(a, b) coroutine.yield() return a < b end) end)()
--! yields in metamethods: holds
local m = {__index = function(t, k) return coroutine.yield(k) end, __lt = function() coroutine.yield() return true end, __concat = function() return coroutine.yield() end}
local c = coroutine.wrap(function() local t = setmetatable({}, m) return t.x, t < t, t .. t end) c() c() c() c()
--! operators on ours: holds
for _, f in ipairs{function(a) return a < a end, function(a) return a + 1 end, function(a) return a .. "" end, function(a) return -a end, function(a) return a() end, function(a) return a[nil] end, function(a) return a[0/0] end, function(a) return a[{}] end, function(a) return a[1 << 62] end, function(a) return a[-1] end, function(a) return a[1.5] end, function(a) return #a end} do
  for _, v in ipairs{data, data.events, data.events:first(), annals.null, annals.figure(1), annals, params} do pcall(f, v) end end
--! figures of no numbers: holds
for _, a in ipairs{0/0, math.huge, -math.huge, "x", {}, math.mininteger} do for _, b in ipairs{0/0, math.huge, -math.huge, 1e308} do pcall(function() print(annals.figure(a, b, a)) end) end end
--! numbers out of every range: holds
for _, n in ipairs{0/0, math.huge, -math.huge, 1e308, math.maxinteger, math.mininteger, -1, 1.5, 2^53, "1", "x"} do
  for _, verb in ipairs{"take", "skip", "top"} do pcall(function() local t = data.events t = t[verb](t, n, "id") return #t end) end pcall(function() return data.events[n] end) end
--! days at the ends of time: holds
for _, f in ipairs{"date + 9223372036854775807", "date - 9223372036854775807", "days(date, date + 100000000)", "start_of(date + 3000000, 'year')", "day('9999-12-31') + 1", "day('0001-01-01') - 1", "week(day('9999-12-31'))", "day('-999999-01-01')", "date + 0.5"} do pcall(function() return data.events:derive("x = " .. f):column("x") end) end
--! every day of all years: holds
pcall(function() return #data.events:complete("date", "1 day", {}, {from = "0001-01-01", to = "9999-12-31"}) end)
--! bindings of wrong kinds: holds
for _, v in ipairs{print, {}, {{}}, data, data.events, annals.null, 0/0, coroutine.create(print), setmetatable({}, {__pairs = error})} do pcall(function() return #data.events:where("id == $x or id in $x", {x = v}) end) end
--! parameters that are made up: holds
for _, p in ipairs{{}, {{}}, {{1}}, {{"a", type = "x"}}, {{"a", choices = "x.y"}}, {{"a", choices = {{}}}}, {{"a\0b"}}, {{"a", default = {}}}, setmetatable({}, {__index = function() error("x") end})} do pcall(params, p) end
--! an iterator that is called after its end: holds
local f, s, c = data.events:rows() for i = 1, 40 do pcall(f, s, c) end pcall(f) pcall(f, 1, 2)
--! dates of wrong kinds: holds
for _, a in ipairs{math.maxinteger, math.mininteger, 1 << 55, -1 << 55, 0/0, 1e300, "x"} do pcall(os.date, "*t", a) pcall(os.date, "!%c", a) pcall(os.difftime, a, a) pcall(os.time, {year = a, month = a, day = a}) end
--! conversions of dates: holds
for i = 0, 255 do pcall(os.date, "%" .. string.char(i)) pcall(os.date, "%E" .. string.char(i)) pcall(os.date, "%O" .. string.char(i)) pcall(os.date, "!%") end
--! formats of wrong kinds: holds
for i = 0, 255 do for _, w in ipairs{"", "99.99", "-#0+ 5.3", "100", ".100", "99999999999"} do for _, v in ipairs{1, 1.5, 0/0, math.huge, "x", math.mininteger} do pcall(string.format, "%" .. w .. string.char(i), v) end end end
--! packs of wrong kinds: holds
for i = 0, 255 do for _, w in ipairs{"", "16", "17", "0", "99999999999"} do for _, v in ipairs{1, -1, 1.5, "x"} do pcall(string.pack, "!" .. string.char(i) .. w, v) pcall(string.unpack, string.char(i) .. w, "abcdefghijklmnopqrst", v) pcall(string.packsize, string.char(i) .. w) end end end
--! places out of texts: holds
for _, a in ipairs{math.mininteger, math.maxinteger, 0, -1, 5} do for _, b in ipairs{math.mininteger, math.maxinteger, 0, -1} do pcall(string.sub, "abc", a, b) pcall(string.byte, "abc", a, b) pcall(utf8.codepoint, "abc", a, b) pcall(utf8.len, "abc", a, b) pcall(utf8.offset, "abc", a, b) pcall(string.find, "abc", "b", a) pcall(table.concat, {"a"}, "", a, a) pcall(table.unpack, {}, a, a) pcall(select, a, 1) pcall(string.unpack, "b", "abc", a) end end
--! codes of wrong kinds: holds
for _, c in ipairs{-1, 0x7FFFFFFF, 0x80000000, math.maxinteger, 0xD800} do pcall(utf8.char, c) pcall(utf8.codepoint, utf8.char(0x10FFFF), c) end for _, s in ipairs{"\xff\xff", "\x80", "\xf8\x88\x80\x80\x80", "\xc0\x80"} do pcall(function() for _ in utf8.codes(s) do end end) pcall(function() for _ in utf8.codes(s, true) do end end) end
--! chance of wrong kinds: holds
for _, a in ipairs{0, -1, math.mininteger, math.maxinteger, 1.5, 0/0, "x"} do for _, b in ipairs{0, math.maxinteger, math.mininteger} do pcall(math.random, a, b) pcall(math.randomseed, a, b) pcall(math.fmod, a, b) pcall(function() return a // b, a % b end) pcall(function() return a << b, a >> b end) end end
--! types whose names are no texts: holds
local t = setmetatable({}, {__name = {}, __tostring = function() return {} end}) pcall(tostring, t) pcall(print, t) pcall(function() return t() end) pcall(error, t)
--! recursion through everything: error C stack overflow
local t = setmetatable({}, {}) local m = getmetatable(t) m.__index = function(_, k) return t[k] .. t end m.__concat = function() return #t end m.__len = function() return t < t end m.__lt = function() return t() end m.__call = function() return -t end m.__unm = function() return t.x end return t.x
--! recursion through ours: error more than 16 deep
local function f() return data.events:where(function() return #f() > 0 end) end return #f()
--! an order that contradicts itself in a plan: holds
pcall(function() return #data.events:sort(function() return math.random() end) end) pcall(function() return #data.events:sort(function() return {} end) end)
--! groups by functions that fail: holds
for _, f in ipairs{error, coroutine.yield, function() return {} end, function() return print end, function() return 0/0 end, function(r) return r end, function(r) r.x = 1 end} do pcall(function() return #data.events:group(f):aggregate("n = count()") end) pcall(function() return #data.events:derive("x", f) end) pcall(function() return #data.events:where(f) end) end
--! functions in plans that change what they read: holds
local t t = data.events:derive("x", function(r) t = nil return #tostring(r) end) local n = #t
