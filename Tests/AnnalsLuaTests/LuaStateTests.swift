import AnnalsLua
import Testing

@Suite struct LuaStateTests {
  @Test func `a script returns its values`() throws {
    try Host.with { state, _ throws in
      let values = try state.run("return 1, 2.5, 'three', true, nil, 2^53")
      #expect(values.count == 6)
      #expect(
        try values.map { try state.string(from: $0) } == [
          "1", "2.5", "three", "true", "nil", "9.007199254741e+15",
        ])
    }
  }

  @Test func `print writes texts with tabs between and a line break after`() throws {
    try Host.with { state, host throws in
      try state.run(
        "print('a', 1, nil, true) print() print(setmetatable({}, {__tostring = function() return 'x' end}))"
      )
      #expect(host.printed == "a\t1\tnil\ttrue\n\nx\n")
    }
  }

  @Test func `the globals are the ones that harm nothing`() throws {
    try Host.with { state, _ throws in
      let names = try state.text(
        "local n = {} for k in pairs(_G) do n[#n + 1] = k end table.sort(n) return table.concat(n, ' ')"
      )
      #expect(
        names == """
          _G _VERSION assert coroutine error getmetatable ipairs load math next os pairs pcall print \
          rawequal rawget rawlen rawset select setmetatable string table tonumber tostring type utf8 \
          xpcall
          """)
    }
  }

  @Test(arguments: [
    ("os", "clock date difftime time"),
    ("coroutine", "close create isyieldable resume running status wrap yield"),
    (
      "string",
      "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper"
    ),
  ])
  func `a library holds the functions that harm nothing`(library: String, names: String) throws {
    try Host.with { state, _ throws in
      let found = try state.text(
        "local n = {} for k in pairs(\(library)) do n[#n + 1] = k end table.sort(n) return table.concat(n, ' ')"
      )
      #expect(found == names)
    }
  }

  @Test func `precompiled chunks are refused`() throws {
    try Host.with { state, _ throws in
      let chunk = LuaText(bytes: [0x1B] + Array("LuaT".utf8))
      let error = #expect(throws: LuaError.self) { try state.load(chunk, chunkName: "a.lua") }
      #expect(error?.kind == .syntax)
      #expect(error?.message.contains("attempt to load a binary chunk") == true)
      #expect(
        try state.text("return select(2, load('\\27LuaT', 'x', 'b'))").contains("binary chunk"))
      #expect(try state.text("return load('return 7', 'x', 't', {})()") == "7")
    }
  }

  @Test func `load reads pieces from a function`() throws {
    try Host.with { state, _ throws in
      #expect(
        try state.text(
          "local p = {'return ', '4', '2'} local i = 0 return load(function() i = i + 1 return p[i] end)()"
        )
          == "42")
      #expect(try state.text("return select(2, load(function() error('no', 0) end))") == "no")
    }
  }

  @Test func `time and chance are the run's own`() throws {
    try Host.with { state, _ throws in
      #expect(try state.text("return os.time()") == "1640995200")
      #expect(try state.text("return os.date('%Y-%m-%d %H:%M:%S')") == "2022-01-01 00:00:00")
      #expect(try state.text("return os.date('!*t', 86400).day") == "2")
      #expect(try state.text("return os.time{year = 2022, month = 14, day = 5}") == "1675598400")
      #expect(try state.text("return os.clock()") == "0.0")
    }
    let draw = "return math.random(1000000) .. ' ' .. math.random(1000000)"
    let first = try Host.with { state, _ throws in try state.text(draw) }
    let second = try Host.with { state, _ throws in try state.text("math.randomseed() " + draw) }
    var settings = LuaSettings()
    settings.seed = 2
    let third = try Host.with(settings: settings) { state, _ throws in try state.text(draw) }
    #expect(first == second)
    #expect(first != third)
  }

  @Test func `metatables of texts, errors and objects are hidden`() throws {
    try Host.with { state, _ throws in
      try state.define("fail") { _ throws(LuaError) in throw LuaError("bad", "no") }
      #expect(try state.text("return getmetatable('')") == "false")
      #expect(try state.text("return getmetatable(select(2, pcall(fail)))") == "false")
    }
  }

  @Test func `a metatable with a finaliser is refused`() throws {
    try Host.with { state, _ throws in
      let error = try state.failure("setmetatable({}, {__gc = true})")
      #expect(error.message == "a metatable with `__gc` is not allowed here")
      #expect(error.at == "script.lua:1")
    }
  }

  @Test func `a closed state answers with an error`() throws {
    let state = try LuaState { _ in }
    let function = try state.load("return 1", chunkName: "a")
    state.close()
    state.close()
    #expect(state.isClosed)
    let error = #expect(throws: LuaError.self) { try state.call(function) }
    #expect(error?.kind == .closed)
    #expect(error?.message == "the Lua state is closed")
    #expect(throws: LuaError.self) { try state.get("x", of: function) }
  }

  @Test func `a heap too small for the libraries is an error`() throws {
    var limits = LuaLimits()
    for byteCount in [0, 100, 5_000, 12_000] {
      limits.heapByteCount = byteCount
      let error = #expect(throws: LuaError.self) { _ = try LuaState(limits: limits) { _ in } }
      #expect(error?.kind == .memory)
    }
  }

  @Test func `references that end give their slots back`() throws {
    try Host.with { state, _ throws in
      let table = try state.makeTable([.integer(7)])
      for _ in 0..<1000 { _ = try state.makeTable([]) }
      let function = try state.load("return collect", chunkName: "a")
      #expect(state.heapByteCount < 200_000)
      #expect(try state.get(1, of: table).isInteger(7))
      #expect(state.isSame(table, table))
      #expect(!state.isSame(table, function))
    }
  }

  @Test func `several states live side by side on one thread`() throws {
    try Host.with { outer, _ throws in
      try Host.with { inner, host throws in
        try outer.define("inside") { call throws(LuaError) in
          _ = try inner.run("print('in')")
          call.push(try inner.text("return 5"))
        }
        #expect(try outer.text("return inside() + 1") == "6")
        #expect(host.printed == "in\n")
      }
    }
  }
}

extension LuaValue {
  func isInteger(_ expected: Int64) -> Bool {
    if case .integer(expected) = self { true } else { false }
  }
}
