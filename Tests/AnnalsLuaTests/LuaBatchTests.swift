import AnnalsLua
import Testing

@Suite struct LuaBatchTests {
  private func function(_ state: LuaState, _ source: String) throws -> LuaReference {
    try #require(try state.run(source).first?.reference)
  }

  @Test func `a function is called once for each row, in order`() throws {
    try Host.with { state, _ throws in
      let double = try function(state, "return function(x, name) return x * 2, name .. '!' end")
      var results: [String] = []
      try state.forEach(
        3, call: double, resultCount: 2,
        arguments: { row, call in
          call.push(row)
          call.push("r")
        },
        results: { row, call in
          results.append("\(row) \(call.integer(at: 1) ?? -1) \(call.string(at: 2) ?? "")")
        })
      #expect(results == ["0 0 r!", "1 2 r!", "2 4 r!"])
    }
  }

  @Test func `no rows call nothing`() throws {
    try Host.with { state, _ throws in
      let fail = try function(state, "return error")
      try state.forEach(0, call: fail, arguments: { _, _ in }, results: { _, _ in })
    }
  }

  @Test func `an error leaves the loop with its value and place`() throws {
    try Host.with { state, host throws in
      try state.define("each") { call throws(LuaError) in
        try call.state.forEach(
          10, call: try call.requiredFunction(at: 1), arguments: { row, call in call.push(row) },
          results: { _, _ in })
      }
      try state.run(
        "local mine = {} print(select(2, pcall(each, function(x) if x == 3 then error(mine) end end)) == mine)"
      )
      #expect(host.printed == "true\n")
      let error = try state.failure("each(function(x)\nreturn x + nil end)")
      #expect(error.at == "script.lua:2")
      #expect(
        try state.failure("coroutine.wrap(function() each(coroutine.yield) end)()").message
          .hasPrefix("can't yield here"))
    }
  }

  @Test func `an error of either body leaves the loop`() throws {
    try Host.with { state, _ throws in
      let same = try function(state, "return function(x) return x end")
      for failing in [true, false] {
        var rows = 0
        let error = #expect(throws: LuaError.self) {
          try state.forEach(
            10, call: same,
            arguments: { row, call throws(LuaError) in
              rows += 1
              call.push(row)
              if failing && row == 2 { throw LuaError("stop", "at \(row)") }
            },
            results: { row, _ throws(LuaError) in
              if row == 2 { throw LuaError("stop", "at \(row)") }
            })
        }
        #expect(error?.kind == .host("stop"))
        #expect(error?.message == "at 2")
        #expect(rows == 3)
      }
    }
  }

  @Test func `objects made for rows are released`() throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      let type = try state.makeType("row", LuaObjectDescription<Counted>())
      let ignore = try function(state, "return function() end")
      try state.forEach(
        1000, call: ignore, arguments: { _, call in call.push(Counted(counter), as: type) },
        results: { _, _ in })
    }
    #expect(counter.ended == 1000)
  }
}
