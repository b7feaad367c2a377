import AnnalsLua
import Testing

@Suite struct LuaVariablesTests {
  /// The variables that a script leaves, as `name=value`, of functions and tables only the name; a failure
  /// of the script is let be.
  func left(_ source: String) throws -> [String] {
    try Host.with { state, _ throws in
      try leave(source, in: state)
      return try state.variableNames().map { name in
        let value = try state.variable(name)
        return value.reference == nil ? name + "=" + (try state.string(from: value)) : name
      }
    }
  }

  /// What a block gives that runs after a script.
  func answer(_ block: String, after source: String) throws -> String {
    try Host.with { state, _ throws in
      try leave(source, in: state)
      let function = try state.load(LuaText(block), chunkName: "block")
      try state.showVariables(to: function)
      return try state.string(from: try state.call(function).first ?? .nil)
    }
  }

  private func leave(_ source: String, in state: LuaState) throws {
    defer { state.endKeepingVariables() }
    _ = try? state.runKeepingVariables(LuaText(source), chunkName: "script.lua")
  }

  @Test(arguments: [
    ("local a, b = 1, 'two'", ["a=1", "b=two"]),
    ("local a = 1 return a", ["a=1"]),
    ("local a = 1 return tostring(a)", ["a=1"]),
    ("local function f() local inner = 1 return 2 end local a = 1 f() return a", ["f", "a=1"]),
    ("local function f() return 2 end local a = 1 return f()", ["f", "a=1"]),
    ("local a = 1 do local inside = 2 end local a = 3", ["a=3"]),
    ("local a <close>, b <const> = nil, {} for i = 1, 2 do end", ["a=nil", "b"]),
    ("x = 1", []),
    ("local a = 1 if a then local b = 2 return b end", ["a=1", "b=2"]),
  ])
  func `a script leaves its variables as they are at its end`(
    source: String, expected: [String]
  ) throws {
    #expect(try left(source) == expected)
  }

  @Test(arguments: [
    ("local a = 1 local x = a.b.c", ["a=1"]),
    (
      "local up, other = 1, 2\nlocal function f(n, ...) local m = n + up error(m) end\nf(4, 5)",
      ["n=4", "m=5", "up=1"]
    ),
    (
      "local function f(n) for i = n, 9 do if i == 3 then error(i) end end end f(2)",
      ["n=2", "i=3"]
    ),
    ("coroutine.wrap(function(n) local m = n error('no') end)(7)", ["n=7", "m=7"]),
    (
      "local n = 8 local t = setmetatable({}, {__index = function(t, k) error(k) end}) return t.x",
      ["t", "k=x"]
    ),
  ])
  func `a function that fails leaves its variables and those from around it`(
    source: String, expected: [String]
  ) throws {
    #expect(try left(source) == expected)
  }

  @Test func `what was caught leaves nothing`() throws {
    #expect(try left("local a = 1 pcall(function() local b = 2 error(b) end)") == ["a=1"])
  }

  @Test func `a call without end leaves what it has, or nothing, and the state lives on`() throws {
    #expect(
      try answer("return 'alive'", after: "local function f(n) return 1 + f(n + 1) end f(1)")
        == "alive")
  }

  @Test func `a block reads variables before globals, and sets them`() throws {
    let source = "kept, a = 'global', 'hidden' local a, b = 1 local function f() return a end"
    #expect(try answer("return a .. kept", after: source) == "1global")
    #expect(try answer("a = 5 return a", after: source) == "5")
    #expect(try answer("b = 2 return b .. tostring(_G.b)", after: source) == "2nil")
    #expect(try answer("fresh = 3 return _G.fresh", after: source) == "3")
    #expect(try answer("return string.rep('x', 3)", after: source) == "xxx")
  }

  @Test func `what a failed function had from around it stays shared`() throws {
    let source = """
      local rate = 2
      function scaled(n) return n * rate end
      local function fail() error(rate) end
      fail()
      """
    #expect(try answer("rate = 10 return scaled(4)", after: source) == "40")
  }

  @Test func `a function with globals of its own leaves them`() throws {
    let source = "local _ENV = {secret = 7, error = error} local x = 1 error('no')"
    #expect(try answer("return secret + x", after: source) == "8")
    #expect(try answer("return type(print)", after: source) == "function")
  }

  @Test func `variables are let go when the next script runs`() throws {
    try Host.with { state, _ throws in
      try leave("local a = 1", in: state)
      try leave("local b = 2", in: state)
      #expect(try state.variableNames() == ["b"])
    }
  }

  @Test func `a script with as many variables as there may be runs all the same`() throws {
    let names = (1...200).map { "v\($0)" }.joined(separator: ", ")
    #expect(try left("local " + names + " = 1 return v1").count == 200)
  }

  @Test func `a script that is no Lua says so at its own place`() throws {
    try Host.with { state, _ throws in
      let error = try #require(throws: LuaError.self) {
        try state.runKeepingVariables(LuaText("local = 1"), chunkName: "script.lua")
      }
      #expect(error.kind == .syntax)
      #expect(error.message == "<name> expected near '='")
    }
  }

  @Test func `a script sees nothing of what is kept`() throws {
    try Host.with { state, _ throws in
      defer { state.endKeepingVariables() }
      let results = try state.runKeepingVariables(
        "return select('#', ...), annals_end", chunkName: "script.lua")
      #expect(try state.string(from: results[0]) == "0")
      #expect(results.count == 2 && results[1].isNil)
    }
  }
}
