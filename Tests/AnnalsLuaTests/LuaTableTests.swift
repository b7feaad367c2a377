import AnnalsLua
import Testing

@Suite struct LuaTableTests {
  @Test func `tables go both ways without metamethods`() throws {
    try Host.with { state, host throws in
      let list = try state.makeTable([.integer(1), .string("two"), .number(3.5)])
      let map = try state.makeTable(["name": .string("x"), "list": .table(list)])
      try state.run("local m = ... print(m.name, #m.list, m.list[2])", .table(map))
      #expect(host.printed == "x\t3\ttwo\n")
      #expect(try state.length(of: list) == 3)
      #expect(try state.get(2, of: list).text == "two")
      #expect(try state.get("name", of: map).text == "x")
      #expect(try state.get("other", of: map).isNil)
      try state.set(.string("name"), to: .nil, of: map)
      #expect(try state.get("name", of: map).isNil)

      let hostile = try state.run(
        "return setmetatable({1, 2}, {__index = error, __len = error, __pairs = error})")
      let table = try #require(hostile.first?.reference)
      #expect(try state.length(of: table) == 2)
      #expect(try state.get("x", of: table).isNil)
      #expect(try state.pairs(of: table).count == 2)
    }
  }

  @Test func `the pairs of a table come in order, up to a limit`() throws {
    try Host.with { state, _ throws in
      let table = try #require(try state.run("return {10, 20, 30, x = 'y'}").first?.reference)
      let pairs = try state.pairs(of: table)
      #expect(pairs.count == 4)
      #expect(pairs[2].key.isInteger(3) && pairs[2].value.isInteger(30))
      #expect(pairs[3].key.text == "x" && pairs[3].value.text == "y")
      #expect(try state.pairs(of: table, limit: 4).count == 4)
      let error = #expect(throws: LuaError.self) { try state.pairs(of: table, limit: 3) }
      #expect(error?.message == "the table has more than 3 entries")
    }
  }

  @Test func `a key that can't be is an error`() throws {
    try Host.with { state, _ throws in
      for key in [LuaValue.nil, .number(.nan)] {
        let error = #expect(throws: LuaError.self) {
          try state.makeTable(pairs: [(key: key, value: .integer(1))])
        }
        #expect(error?.kind == .script)
      }
    }
  }

  @Test func `a kept table gives its texts by index`() throws {
    try Host.with { state, host throws in
      let texts = try state.makeTable([.string("protest"), .string("clash")])
      try state.define("name") { call throws(LuaError) in
        call.push(element: Int(try call.requiredInteger(at: 1)), of: texts)
      }
      try state.run("print(name(2), name(1), name(3))")
      #expect(host.printed == "clash\tprotest\tnil\n")
    }
  }
}
