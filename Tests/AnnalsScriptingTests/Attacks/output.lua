-- Scripts that print more than they may, or what is not theirs to print.
--! print: output
while true do print("x") end
--! print within pcall: output
while true do pcall(print, "x") end
--! one long line: output
print(("x"):rep(1 << 17))
--! many values: output
print(table.unpack({}, 1, 100000))
--! from a coroutine: output
coroutine.wrap(function() while true do print("x") end end)()
--! from a handler: output
while true do xpcall(error, print) end
--! from a closed variable: output
while true do local x <close> = setmetatable({}, {__close = function() print("x") end}) end
--! from __tostring: output
local t = setmetatable({}, {}) getmetatable(t).__tostring = function() print("y") return "x" end
while true do print(t) end
--! from a plan: output
return #data.events:where(function() while true do print("x") end end)
--! empty lines: output
while true do print() end
--! tables: output
while true do print(data.events) end
--! a returned text: output
return ("x"):rep(1 << 17)
--! many returned texts: output
local t = {} for i = 1, 200 do t[i] = ("x"):rep(1000) end return table.unpack(t)
--! addresses of tables: holds
assert(tostring({}):match("^table: 0x0000%x+$"))
--! addresses of functions: holds
assert(tostring(print):match("^function: 0x0000%x+$") and tostring(function() end):match("0x0000%x+$"))
--! addresses of coroutines: holds
assert(tostring(coroutine.create(print)):match("^thread: 0x0000%x+$"))
--! addresses through format: holds
local t = {}
assert(("%s %p"):format(t, t):match("^table: (0x0000%x+) %1$") and ("%-20p|"):format(t):match("^0x0000"))
assert(("\0%s"):format({}):match("0x0000%x+$") and ("%p"):format("x" .. 1):match("^0x0000%x+$"))
--! addresses in messages: holds
local ok, message = pcall(function() return {} .. print end) assert(not message:find("0x"))
--! each object has one text: holds
local a, b = {}, {} assert(tostring(a) == tostring(a) and tostring(a) ~= tostring(b))
--! the order of pairs is the same in each run: holds
local t, names = {}, {} for w in ("one two three four five six seven"):gmatch("%a+") do t[w] = 1 end
for k in pairs(t) do names[#names + 1] = k end
assert(table.concat(names, " ") == "four two one six seven five three", table.concat(names, " "))
