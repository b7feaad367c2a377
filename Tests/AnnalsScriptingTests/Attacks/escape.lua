-- Ways out of the script. Each must be closed.
--! libraries that are not there: holds
for _, name in ipairs{"io", "debug", "dofile", "loadfile", "collectgarbage", "warn", "module", "loadstring"} do
  assert(_G[name] == nil, name)
end
--! functions that are not there: holds
for _, name in ipairs{"execute", "exit", "remove", "rename", "tmpname", "setlocale"} do assert(os[name] == nil, name) end
assert(string.dump == nil and package.loadlib == nil and package.cpath == nil and package.searchers == nil)
--! os holds what it should: holds
local names = {} for k in pairs(os) do names[#names + 1] = k end table.sort(names)
assert(table.concat(names, " ") == "clock date difftime getenv time", table.concat(names, " "))
--! precompiled chunks: holds
assert(not load("\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8"))
assert(not load("\27Lua", "x", "b") and not load("\27Lua", "x", "bt"))
--! precompiled chunks from a reader: holds
local parts = {"\27", "Lua", "\x54\0"} assert(not load(function() return table.remove(parts, 1) end))
--! the metatable of texts: holds
assert(getmetatable("") == false) assert(not pcall(setmetatable, "", {}))
--! the methods of texts are of this run: holds
assert(string.leak == nil) string.leak = function() return "leaked" end assert(("x"):leak() == "leaked")
--! nothing leaks from the run before: holds
assert(string.leak == nil and ("x").leak == nil and leaked == nil) leaked = true
--! globals are of this run: holds
assert(leaked == nil) print = nil
--! print is back: holds
assert(type(print) == "function")
--! metatables of our objects: holds
assert(getmetatable(data) == false and getmetatable(data.events) == false and getmetatable(annals.null) == false)
assert(not pcall(setmetatable, data, {}))
--! finalisers: error a metatable with `__gc` is not allowed here
setmetatable({}, {__gc = function() end})
--! finalisers that are false: error a metatable with `__gc` is not allowed here
setmetatable({}, {__gc = false})
--! finalisers that come later: holds
local m = {} local t = setmetatable({}, m) m.__gc = function() print("gone") while true do end end
t = nil for i = 1, 100000 do local x = {} end
--! calling the finaliser of our objects: holds
assert(not pcall(function() return data.__gc end) or data.__gc == nil)
--! variables of the environment: error not permitted to read the environment variable `HOME`
os.getenv("HOME")
--! modules elsewhere: error can be no module's name
require("../secret")
--! modules with absolute names: error can be no module's name
require("/etc/passwd")
--! modules with zeros: error can be no module's name
require("a\0b")
--! modules that are not there: error there is no module `secret`
require("secret")
--! files outside: error not permitted to read `/etc/passwd`
annals.read("/etc/passwd")
--! folders outside: error not permitted to read
annals.open("/etc")
--! relative files outside: error not permitted to read
annals.read("../../../../../../etc/passwd")
--! writing: error not permitted to write
data.events:save("/tmp/annals-escaped.csv")
--! the clock: holds
assert(os.time() == 1640995200 and os.clock() == 0 and os.date("%Y") == "2022")
--! the environment of a chunk: holds
local f = assert(load("x = 1 return _ENV", "c", "t", {})) assert(f().x == 1 and x == nil)
--! upvalues of library functions: holds
assert(not pcall(function() return debug.getupvalue(print, 1) end))
--! the registry: holds
for _, v in ipairs{_G, string, table, math, os, coroutine, utf8, package} do
  for _, w in pairs(v) do assert(type(w) ~= "userdata" or v == _G) end
end
--! loaded modules: holds
for k, v in pairs(package.loaded) do assert(v == _G[k] or k == "_G") end
--! weak keys are kept: holds
local t = setmetatable({}, {__mode = "k"}) for i = 1, 100 do t[{}] = i end
for i = 1, 200000 do local x = {i} end
local n = 0 for _ in pairs(t) do n = n + 1 end assert(n == 100, n)
--! a release by hand: holds
local f = annals.figure(1, 2, 3) assert(not pcall(function() f.__gc(f) end)) assert(f.low == 1)
--! globals that are hostile: holds
setmetatable(_G, {__index = function(_, k) error("no " .. k) end, __newindex = function() error("no") end})
tostring, error, pcall, type, string.format = nil, nil, nil, nil, nil
print(data.events:take(1)) print(#data.events:where(function(e) return e.id ~= nil end))
--! no globals: holds
_ENV = nil
--! the module with other functions: holds
pcall(function() annals.table = function() while true do end end end) pcall(function() data.events = nil end) assert(#data.events == 26)
--! setting fields of ours: holds
assert(not pcall(function() data.events.where = 1 end) and not pcall(rawset, data, 1, 1) and not pcall(next, data) and not pcall(ipairs(data)))
--! modules of wrong kinds: holds
for _, n in ipairs{"", ".", "..", "a.b", "a..b", "a/b", "\n", ("x"):rep(1 << 20), "init", "string", "_G", "a\\b", "%s", "~"} do pcall(require, n) end package.loaded.string = nil pcall(require, "string") package.loaded = nil pcall(require, "x") package = nil pcall(require, "x")
--! files of wrong kinds: holds
for _, p in ipairs{"", "/dev/zero", "/dev/stdin", "/proc/self/mem", "/proc/self/environ", "a\0b", ("x"):rep(1 << 20), "~", "-", ":memory:", "http://a.b/c.csv", "."} do assert(not pcall(annals.read, p)) assert(not pcall(annals.open, p)) assert(not pcall(data.events.save, data.events, p)) end
--! variables of wrong kinds: holds
for _, n in ipairs{"", "=", "A=B", "\0", ("x"):rep(1 << 20), "PATH\0"} do assert(not pcall(os.getenv, n)) end
