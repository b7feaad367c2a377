import AnnalsLua
import AnnalsPlatform
import Testing

@Suite struct LuaErrorTests {
  @Test(arguments: [
    ("error('boom')", "boom", "script.lua:1"),
    ("local x = nil\nreturn x.y", "attempt to index a nil value (local 'x')", "script.lua:2"),
    ("error({})", "the error has no message: it is a table", "script.lua:1"),
    ("error({message = 'mine'})", "mine", "script.lua:1"),
    ("error(nil)", "the error has no message: it is nil", "script.lua:1"),
    ("error()", "the error has no message: it is nil", "script.lua:1"),
    ("\nerror(42)", "42", "script.lua:2"),
    ("error('plain', 0)", "plain", "script.lua:1"),
    (
      "error(setmetatable({}, {__tostring = function() return 'told' end}))", "told", "script.lua:1"
    ),
    (
      "error(setmetatable({}, {__tostring = function() error('again') end}))",
      "the error has no message: turning it into text failed", "script.lua:1"
    ),
    (
      "error(setmetatable({}, {__tostring = function() return {} end}))",
      "the error has no message: turning it into text failed", "script.lua:1"
    ),
    (
      "local function a() error('deep') end\nlocal function b() a() end\nlocal function c() b() end\nc()",
      "deep", "script.lua:1"
    ),
  ])
  func `each error has one message and a place`(source: String, message: String, at: String) throws
  {
    try Host.with { state, _ throws in
      let error = try state.failure(source)
      #expect(error.kind == .script)
      #expect(error.message == message)
      #expect(error.at == at)
      #expect(try state.text("return 'alive'") == "alive")
    }
  }

  @Test func `the traceback names the open calls, innermost first`() throws {
    try Host.with { state, _ throws in
      let error = try state.failure(
        "function a() error('deep') end\nfunction b() a() end\nb()\n")
      #expect(
        error.traceback == """
          [host] in `error`
          script.lua:1 in `a`
          script.lua:2 in `b`
          script.lua:3
          """)
    }
  }

  @Test func `a syntax error has its line, and its message ends with eof if the text is cut`()
    throws
  {
    try Host.with { state, _ throws in
      let error = try state.failure("x = 1\ny = = 2")
      #expect(error.kind == .syntax)
      #expect(error.at == "script.lua:2")
      #expect(error.message == "unexpected symbol near '='")
      #expect(try state.failure("for i = 1, 2 do").message.hasSuffix("near <eof>"))
    }
  }

  @Test func `a hostile error object meets the limits`() throws {
    try Host.with({ $0.timeout = .milliseconds(50) }) { state, _ throws in
      let error = try state.failure(
        "error(setmetatable({}, {__tostring = function() while true do end end}))")
      #expect(error.kind == .time)
    }
    try Host.with({ $0.heapByteCount = 4 << 20 }) { state, _ throws in
      let error = try state.failure(
        "error(setmetatable({}, {__tostring = function() return ('x'):rep(1 << 30) end}))")
      #expect(error.kind == .memory)
    }
  }

  @Test func `a long message is cut`() throws {
    try Host.with { state, _ throws in
      let error = try state.failure("error(('é'):rep(100000), 0)")
      #expect(error.message == String(repeating: "é", count: 2048))
    }
  }

  @Test(arguments: [
    "local function f() return 1 + f() end f()",
    "local t = setmetatable({}, {}) getmetatable(t).__index = function(s, k) return s[k] end return t.x",
    "local function f() local ok, e = pcall(f) error(e, 0) end f()",
    "local function f() return ('x'):gsub('x', f) end f()",
    "local s = ('('):rep(300) .. ('x') .. (')'):rep(300) error(select(2, load('return ' .. s)), 0)",
    "local function h(e) return e .. h(e) end assert(xpcall(error, h, 'x'))",
  ])
  func `endless recursion is an error of its own`(source: String) throws {
    try Threads.onLargeStack {
      try Host.with { state, _ throws in
        let error = try state.failure(source)
        #expect(error.kind == .depth, "\(error)")
        #expect(try state.text("return 'alive'") == "alive")
      }
    }
  }

  @Test func `a chain of coroutines that close one another ends`() throws {
    try Threads.onLargeStack {
      try Host.with { state, _ throws in
        let error = try state.failure(
          """
          local last
          for i = 1, 50000 do
            local inner = last
            last = coroutine.create(function()
              local x <close> = setmetatable({}, {__close = function()
                if inner then assert(coroutine.close(inner)) end
              end})
              coroutine.yield()
            end)
            coroutine.resume(last)
          end
          assert(coroutine.close(last))
          """)
        #expect(error.message.contains("overflow"))
      }
    }
  }

  @Test func `a host error reaches the script as a table`() throws {
    try Host.with { state, host throws in
      try state.define("fail") { _ throws(LuaError) in
        throw LuaError("unknown_column", "unknown column `x`", fix: "did you mean `y`?")
      }
      try state.run(
        "local ok, e = pcall(function()\nfail() end)\nprint(ok, type(e), e.kind, e.message, e.at, e.fix)\nprint(e)\nprint('so: ' .. e)"
      )
      #expect(
        host.printed == """
          false\ttable\tunknown_column\tunknown column `x`\tscript.lua:2\tdid you mean `y`?
          unknown column `x`
            at:  script.lua:2
            fix: did you mean `y`?
          so: unknown column `x`
            at:  script.lua:2
            fix: did you mean `y`?

          """)
      let error = try state.failure("\n\nfail()")
      #expect(error.kind == .host("unknown_column"))
      #expect(error.message == "unknown column `x`")
      #expect(error.at == "script.lua:3")
      #expect(error.fix == "did you mean `y`?")
    }
  }

  @Test func `an error that passes through Swift comes out as the same value`() throws {
    try Host.with { state, host throws in
      try state.define("through") { call throws(LuaError) in
        _ = try call.state.call(try call.requiredFunction(at: 1))
      }
      try state.run(
        """
        local mine = {}
        local function raise() error(mine) end
        print(select(2, pcall(through, raise)) == mine)
        print(select(2, pcall(through, function() through(raise) end)) == mine)
        print(select(2, pcall(through, function() error() end)))
        """)
      #expect(host.printed == "true\ntrue\nnil\n")
      let error = try state.failure("\nthrough(function() error({}) end)")
      #expect(error.at == "script.lua:2")
      #expect(error.value != nil)
    }
  }

  @Test func `an error that Swift keeps can be raised later`() throws {
    try Host.with { state, host throws in
      var kept: LuaError?
      try state.define("try") { call throws(LuaError) in
        do throws(LuaError) { _ = try call.state.call(try call.requiredFunction(at: 1)) } catch {
          kept = error
        }
      }
      try state.define("again") { _ throws(LuaError) in if let kept { throw kept } }
      try state.run(
        """
        local mine = {}
        try(function() error(mine) end)
        for i = 1, 100 do try(function() error(i) end) if i == 1 then break end end
        print(select(2, pcall(again)))
        """)
      #expect(host.printed == "1\n")
    }
  }

  @Test func `the error of a coroutine keeps its value and its trace`() throws {
    try Host.with { state, host throws in
      try state.run(
        "local mine = {} print(select(2, pcall(coroutine.wrap(function() error(mine) end))) == mine)"
      )
      #expect(host.printed == "true\n")
      let error = try state.failure(
        "function a() error('deep') end\ncoroutine.wrap(function() a() end)()")
      #expect(error.message == "deep")
      #expect(error.traceback?.contains("script.lua:1 in `a`") == true)
      #expect(error.traceback?.hasSuffix("script.lua:2") == true)
    }
  }
}
