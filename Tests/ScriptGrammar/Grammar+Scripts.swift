extension Grammar {
  /// Scripts that use the whole face of tables beside plain Lua, mostly in wrong ways.
  public static let scripts = Grammar(
    rules: formulaRules.merging(tableRules) { $1 }.merging(luaRules) { $1 })

  private static let tableRules: [String: [String]] = [
    "table": [
      "data.events", "t", "data.<dataset table>", "<table>:<verb>", "<table>:<verb>",
      "<table>:<verb>", "<table>:<verb>",
      "annals.table({{<value>, <value>}, {<value>}}, {'a', 'b'})",
      "annals.read(<value>)", "(<value>)",
    ],
    "dataset table": [
      "figures", "participations", "actors", "places", "sources", "parts", "original", "nothing",
    ],
    "verb": [
      "take(<value>)", "where([==[<line>]==], {n = <value>, set = {<value>}})",
      "where(<row function>)", "where({type = <value>})", "select([==[<line>]==])",
      "derive([==[x = <formula>]==])", "derive('y', <row function>)", "group([==[<name>]==])",
      "group(<row function>)", "aggregate([==[z = <aggregate>(<formula>)]==])",
      "aggregate('w', function(g) return <table> end)", "count([==[<name>]==])",
      "sort([==[-<name>]==])", "sort(<row function>)", "skip(<value>)", "top(<value>, 'id')",
      "distinct([==[<name>]==])", "join(<table>, [==[<name>]==], <value>)",
      "join(<table>, 'id', 'cross')", "expand('participations')", "expand(<value>)",
      "explode([==[<name>]==])", "append(<table>)", "pivot([==[<name>]==], [==[<line>]==])",
      "unpivot({<value>, <value>})", "complete('date', '1 day', {n = <value>})",
      "spread('date', 'date_end', [==[<name>]==], {mode = <value>})", "resolve('highest')",
      "resolve(<value>)", "drop([==[<name>]==])", "rename({a = [==[<name>]==]})", "ungroup()",
    ],
    "reading": [
      "#<table>", "<table>:first()", "<table>[<value>]", "<table>:value()", "<table>:column('id')",
      "<table>:schema()", "<table>:describe()", "<table>:explain()", "tostring(<table>)",
      "<table>:rows()", "<table>:values('id', [==[<line>]==])", "<table>:groups()",
      "<table>:save(<value>)", "<table>:<value>", "annals.<function>(<value>, <value>)",
      "annals.figure(<value>, <value>, <value>)", "annals.dataset({events = <table>})",
      "params({{'p', default = <value>, type = <value>}})", "<table>:first().place",
      "<table>:first():copy()", "annals.open(<value>)",
    ],
    "row function": [
      "function(row) return row.type end", "function(row) return row[<value>] end",
      "function(row) kept = row return <value> end", "function(row) <statement> return row.id end",
      "function(row) return row.place.name < <value> end", "coroutine.yield", "print", "t",
      "function(row) for k, v in pairs(row) do kept = v end return <value> end",
    ],
  ]

  private static let luaRules: [String: [String]] = [
    "script": [
      "<statement>", "<statement>\n<script>", "<statement>\n<script>", "<statement>\n<script>",
      "<statement>\nreturn <value>, <table>", "return <table>",
    ],
    "statement": [
      "kept = <value>", "t = <table>", "pcall(function() <statement> end)",
      "pcall(function() <statement> end)", "print(<value>)", "local v = <reading>",
      "for row in <table>:rows() do <loop body> end",
      "for i, a, b in <table>:values('id', [==[<line>]==]) do kept = a <loop body> end",
      "for g, k in <table>:groups('type') do t = g end",
      "if <value> then <statement> else <statement> end",
      "local c = coroutine.wrap(function() <statement> coroutine.yield(<value>) end) pcall(c) pcall(c)",
      "for i = 1, 300 do pcall(function() <statement> end) end",
      "local o = setmetatable({}, {<metamethod> = <function value>}) <use>",
      "setmetatable({}, {__gc = <function value>})", "setmetatable(<value>, {__mode = 'k'})",
      "xpcall(function() <statement> end, <function value>)",
      "local x <close> = setmetatable({}, {__close = function() <statement> end})",
      "goto done do <statement> end ::done::", "while true do <statement> end",
      "local function f(n) return n and f(n) end f(<value>)", "error(<value>)",
      "local k = {} for i = 1, 1e5 do k[i] = {} end", "string.<string function>(<value>, <value>)",
      "table.<table function>({<value>, <value>}, <value>)", "load([===[<statement>]===])()",
      "kept = kept.<name>", "repeat <statement> until <value>",
    ],
    "loop body": [
      "kept = row", "if #tostring(row) > 20 then break end", "kept = row and row[<value>]",
      "local copy = row:copy() kept = copy.id", "t = t and t:take(1)", "<statement>",
      "coroutine.yield(row)", "row.type = <value>", "print(row)",
    ],
    "metamethod": [
      "__index", "__newindex", "__call", "__eq", "__lt", "__le", "__concat", "__len", "__tostring",
      "__name", "__metatable", "__pairs", "__unm", "__add", "__close", "__mode", "__gc",
    ],
    "use": [
      "kept = o", "kept = o[<value>]", "o.x = <value>", "kept = pcall(o, <value>)",
      "kept = o == <value>", "kept = #o", "print(o)", "kept = o .. <value>", "t = <table>:where(o)",
      "for k in pairs(o) do kept = k end", "kept = table.concat(o)", "table.sort(o)",
    ],
    "function value": [
      "function() end", "print", "function(...) return ... end", "function(...) <statement> end",
      "pcall", "error", "coroutine.wrap(function(...) <statement> end)", "kept", "string.rep", "o",
    ],
    "value": [
      "1", "nil", "'id'", "true", "false", "0", "-1", "2.5", "1e308", "0/0", "math.maxinteger",
      "math.mininteger", "''", "'date'", "'place.name'", "'\\0\\255'", "('x'):rep(1000)", "{}",
      "{1, 2}", "kept", "t", "print", "annals.null", "annals.figure(1)", "data", "<reading>",
      "<reading>", "<table>", "function() <statement> end", "coroutine.create(print)",
      "math.random(10)", "os.time()", "[==[<line>]==]", "'highest'", "'/etc/passwd'",
    ],
    "string function": [
      "rep", "find", "match", "gsub", "gmatch", "format", "byte", "char", "pack", "unpack", "sub",
      "reverse", "lower", "len",
    ],
    "table function": ["concat", "insert", "remove", "sort", "unpack", "move", "pack"],
  ]
}
