import AnnalsLua
import Testing

@Suite struct LuaFunctionTests {
  @Test func `arguments are read by place and results pushed in order`() throws {
    try Host.with { state, host throws in
      try state.define("show") { call throws(LuaError) in
        call.push(call.count)
        for position in 1...5 { call.push(call.type(at: position).rawValue) }
        call.push(call.integer(at: 1) ?? -1)
        call.push(call.number(at: 2) ?? -1)
        call.push(call.boolean(at: 3) ?? false)
        call.push(argument: 4)
        call.push(try call.value(at: 4))
        call.pushNil()
      }
      try state.run("print(show(7, 1.5, true, 'x'))")
      #expect(
        host.printed
          == "4\tinteger\tnumber\tboolean\tstring\tnothing\t7\t1.5\ttrue\tx\tx\tnil\n")
    }
  }

  @Test func `integers and texts are not mistaken for one another`() throws {
    try Host.with { state, _ throws in
      try state.define("read") { call throws(LuaError) in call.push(try call.requiredInteger(at: 1))
      }
      #expect(try state.text("return read(3.0)") == "3")
      let error = try state.failure("read('3')")
      #expect(error.kind == .host("wrong_argument"))
      #expect(error.message == "argument 1 of `read` must be an integer, not text")
      #expect(
        try state.failure("read(3.5)").message
          == "argument 1 of `read` must be an integer, not 3.5")
      #expect(
        try state.failure("read()").message
          == "argument 1 of `read` must be an integer, not nothing")
    }
  }

  @Test func `defer and deinit run when a host function fails`() throws {
    try Host.with { state, _ throws in
      let counter = Counter()
      var deferred = 0
      try state.define("fail") { call throws(LuaError) in
        let value = Counted(counter)
        defer { deferred += 1 }
        call.push("left behind")
        if value.label.isEmpty { throw LuaError("bad", "no") }
      }
      try state.run("for i = 1, 10 do pcall(fail) end")
      #expect(throws: LuaError.self) { try state.run("fail()") }
      #expect(deferred == 11)
      #expect(counter.alive == 0)
      #expect(counter.ended == 11)
    }
  }

  @Test func `many results and nested calls don't mix`() throws {
    try Host.with { state, host throws in
      try state.define("nest") { call throws(LuaError) in
        let depth = try call.requiredInteger(at: 1)
        call.push("before \(depth)")
        if depth > 0 {
          let function = try call.requiredFunction(at: 2)
          for value in try call.state.call(function, [.integer(depth - 1), .function(function)]) {
            call.push(value)
          }
        }
        call.push("after \(depth)")
      }
      try state.run("print(nest(2, nest))")
      #expect(
        host.printed == "before 2\tbefore 1\tbefore 0\tafter 0\tafter 1\tafter 2\n")
      try state.define("many") { call in for value in 1...5000 { call.push(value) } }
      #expect(try state.text("return select('#', many())") == "5000")
    }
  }

  @Test func `the position is the line of the script that called`() throws {
    try Host.with { state, _ throws in
      try state.define("here") { call in call.push(call.position ?? "nowhere") }
      #expect(try state.text("\n\nreturn here()") == "script.lua:3")
      #expect(
        try state.text("local function f()\nreturn (here())\nend\nreturn (f())") == "script.lua:2")
      #expect(try state.text("return select(2, pcall(here))") == "script.lua:1")
    }
  }

  @Test func `a host function makes an iterator, and a yield between two steps works`() throws {
    try Host.with { state, host throws in
      try state.define("count") { call throws(LuaError) in
        let last = try call.requiredInteger(at: 1)
        var next: Int64 = 0
        call.push(function: "step") { call in
          next += 1
          if next <= last { call.push(next) } else { call.pushNil() }
        }
      }
      try state.run(
        """
        for i in count(3) do print(i) end
        local f = coroutine.wrap(function() for i in count(3) do coroutine.yield(i * 10) end end)
        print(f(), f(), f())
        """)
      #expect(host.printed == "1\n2\n3\n10\t20\t30\n")
    }
  }

  @Test func `a yield inside a callback says why it can't`() throws {
    try Host.with { state, _ throws in
      try state.define("with") { call throws(LuaError) in
        _ = try call.state.call(try call.requiredFunction(at: 1))
      }
      let error = try state.failure("coroutine.wrap(function() with(coroutine.yield) end)()")
      #expect(
        error.message
          == "can't yield here: a built-in function waits for the function that it called to return"
      )
    }
  }

  @Test func `a yield that Lua refuses says what Lua says`() throws {
    try Host.with { state, _ throws in
      #expect(
        try state.failure("coroutine.yield()").message
          == "attempt to yield from outside a coroutine")
      #expect(
        try state.failure("coroutine.wrap(table.sort)({1, 2, 3}, coroutine.yield)").message
          == "attempt to yield across a C-call boundary")
    }
  }

  @Test func `a callback in a coroutine may run a coroutine of its own`() throws {
    try Host.with { state, _ throws in
      try state.define("with") { call throws(LuaError) in
        for value in try call.state.call(try call.requiredFunction(at: 1)) { call.push(value) }
      }
      #expect(
        try state.text(
          """
          return coroutine.wrap(function()
            return with(function() return coroutine.wrap(function() return with(function() return 9 end) end)() end)
          end)()
          """) == "9")
    }
  }

  @Test func `functions that Lua drops are released`() throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      try state.define("make") { call in
        let value = Counted(counter)
        call.push(function: "inner") { call in call.push(value.label) }
      }
      try state.run("for i = 1, 100 do make() end")
      #expect(counter.alive + counter.ended == 100)
    }
    #expect(counter.alive == 0)
    #expect(counter.ended == 100)
  }

  @Test func `what was pushed before memory ran out is released`() throws {
    let counter = Counter()
    try Host.with({ $0.heapByteCount = 1 << 20 }) { state, _ throws in
      try state.define("make") { call in
        let value = Counted(counter)
        for _ in 0..<100_000 { call.push(function: "inner") { call in call.push(value.label) } }
      }
      #expect(try state.failure("pcall(make)").kind == .memory)
    }
    #expect(counter.alive == 0)
    #expect(counter.ended == 1)
  }
}
