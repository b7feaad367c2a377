import AnnalsLua
import Testing

/// A view over rows without columns, which prints as its row.
private struct Rows {
  let view: LuaReference
  let cursor: LuaCursor

  private final class Shown {
    let cursor: LuaCursor

    init(_ cursor: LuaCursor) { self.cursor = cursor }
  }

  init(_ state: LuaState, _ rowCount: Int) throws(LuaError) {
    var description = LuaObjectDescription<Shown>()
    description.on(.call) { shown, call in call.push(shown.cursor.row ?? -1) }
    let type = try state.makeType("row", description)
    cursor = LuaCursor(try LuaColumns(state, rowCount: rowCount))
    view = try state.makeView(Shown(cursor), as: type, at: cursor)
  }
}

@Suite struct LuaBatchTests {
  private func function(_ state: LuaState, _ source: String) throws -> LuaReference {
    try #require(try state.run(source).first?.reference)
  }

  @Test func `a function is called at each row, in order`() throws {
    try Host.with { state, _ throws in
      let double = try function(state, "return function(row) return row() * 2 end")
      let rows = try Rows(state, 3)
      var results: [String] = []
      try state.map(double, over: rows.view, at: rows.cursor) { row, call in
        results.append("\(row) \(call.integer(at: 1) ?? -1)")
      }
      #expect(results == ["0 0", "1 2", "2 4"])
      #expect(rows.cursor.row == nil)
    }
  }

  @Test func `no rows call nothing`() throws {
    try Host.with { state, _ throws in
      let fail = try function(state, "return error")
      let rows = try Rows(state, 0)
      try state.map(fail, over: rows.view, at: rows.cursor) { _, _ in }
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func `a filter sets the bits of the rows where the function holds`(count: Int) throws {
    try Host.with { state, _ throws in
      let odd = try function(
        state,
        """
        return function(row)
          if row() % 3 == 0 then return nil elseif row() % 3 == 1 then return false end
          return 0
        end
        """)
      let rows = try Rows(state, count)
      var words = [UInt64](repeating: 0, count: 4)
      var span = words.mutableSpan
      try state.filter(odd, over: rows.view, at: rows.cursor, into: &span)
      for row in 0..<256 {
        #expect(words[row >> 6] >> UInt64(row & 63) & 1 == (row < count && row % 3 == 2 ? 1 : 0))
      }
    }
  }

  @Test func `an error leaves the loop with its value and place`() throws {
    try Host.with { state, host throws in
      try state.define("each") { call throws(LuaError) in
        let rows = try Rows(call.state, 10)
        try call.state.map(try call.requiredFunction(at: 1), over: rows.view, at: rows.cursor) {
          _, _ in
        }
      }
      try state.run(
        "local mine = {} print(select(2, pcall(each, function(x) if x() == 3 then error(mine) end end)) == mine)"
      )
      #expect(host.printed == "true\n")
      let error = try state.failure("each(function(x)\nreturn x() + nil end)")
      #expect(error.at == "script.lua:2")
      #expect(
        try state.failure("coroutine.wrap(function() each(coroutine.yield) end)()").message
          .hasPrefix("can't yield here"))
    }
  }

  @Test func `an error of the host leaves the loop, and the view stands nowhere`() throws {
    try Host.with { state, _ throws in
      let same = try function(state, "return function(x) return x end")
      let rows = try Rows(state, 10)
      var count = 0
      let error = #expect(throws: LuaError.self) {
        try state.map(same, over: rows.view, at: rows.cursor) { row, _ throws(LuaError) in
          count += 1
          if row == 2 { throw LuaError("stop", "at \(row)") }
        }
      }
      #expect(error?.kind == .host("stop"))
      #expect(error?.message == "at 2")
      #expect(count == 3)
      #expect(rows.cursor.row == nil)
    }
  }
}
