import AnnalsLua
import Testing

/// Values that a column lends, until nobody holds it.
@safe
final class Lender<Value: BitwiseCopyable> {
  private let values: UnsafeMutableBufferPointer<Value>

  init(_ values: [Value]) {
    unsafe self.values = .allocate(capacity: values.count)
    _ = unsafe self.values.initialize(from: values)
  }

  deinit { unsafe values.deallocate() }

  func lend<Result>(_ body: (Span<Value>) -> Result) -> Result {
    body(unsafe Span(_unsafeElements: UnsafeBufferPointer(values)))
  }
}

/// The object behind a view of the tests.
private final class Shown {
  let cursor: LuaCursor

  init(_ cursor: LuaCursor) { self.cursor = cursor }
}

/// Columns, views of them in a script, and what their host was asked for.
private final class Fixture {
  let state: LuaState
  let columns: LuaColumns
  private var type: LuaObjectType<Shown>?
  var asked: [String] = []

  init(_ state: LuaState, rowCount: Int) throws {
    self.state = state
    columns = try LuaColumns(state, rowCount: rowCount)
    var description = LuaObjectDescription<Shown>()
    description.method("copy") { _, call in call.push("a method") }
    description.on(.index) { [unowned self] shown, call throws(LuaError) in
      guard let row = shown.cursor.row else { throw LuaError("released", "the loop is over") }
      let name = try call.requiredString(at: 1)
      asked.append("\(name) \(row)")
      call.push("\(name) of \(row)")
    }
    type = try state.makeType("view", description)
  }

  func add(_ column: LuaColumn, _ name: String) throws { try columns.add(column, named: name) }

  func makeView() throws -> LuaReference {
    let cursor = LuaCursor(columns)
    return try state.makeView(Shown(cursor), as: try #require(type), at: cursor)
  }

  /// Sets the globals `view` and `rows`, which is the loop that moves it.
  func makeLoop() throws {
    let view = try makeView()
    try state.setGlobal("view", to: state.value(of: view))
    try state.setGlobal("rows", to: .function(state.makeRowLoop(of: view)))
  }

  /// `a | b`, of one expression for each row.
  func column(_ expression: String) throws -> String {
    try makeLoop()
    return try state.text(
      """
      local t = {}
      for row in rows do t[#t + 1] = tostring(\(expression)) end
      return table.concat(t, ' | ')
      """)
  }
}

@Suite struct LuaViewTests {
  @Test func `numbers of every width are read where they lie`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 3)
      let int8 = Lender<Int8>([-128, 0, 127])
      let int16 = Lender<Int16>([-32768, 0, 32767])
      let int32 = Lender<Int32>([.min, 0, .max])
      let int64 = Lender<Int64>([.min, 0, .max])
      let double = Lender([-0.5, 2, .infinity])
      try fixture.add(int8.lend { LuaColumn($0, of: int8) }, "int8")
      try fixture.add(int16.lend { LuaColumn($0, of: int16) }, "int16")
      try fixture.add(int32.lend { LuaColumn($0, of: int32) }, "int32")
      try fixture.add(int64.lend { LuaColumn($0, of: int64) }, "int64")
      try fixture.add(double.lend { LuaColumn($0, of: double) }, "double")
      #expect(try fixture.column("row.int8") == "-128 | 0 | 127")
      #expect(try fixture.column("row.int16") == "-32768 | 0 | 32767")
      #expect(try fixture.column("row.int32") == "-2147483648 | 0 | 2147483647")
      #expect(
        try fixture.column("row.int64") == "-9223372036854775808 | 0 | 9223372036854775807")
      #expect(try fixture.column("row.double") == "-0.5 | 2.0 | inf")
      #expect(fixture.asked.isEmpty)
    }
  }

  @Test func `bits are booleans, and a row without a value is nil`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 66)
      let bits = Lender<UInt64>([0b101, 0b10])
      let known = Lender<UInt64>([0b111, 0b11])
      try fixture.add(bits.lend { LuaColumn(bits: $0, of: bits) }, "all")
      var some = bits.lend { LuaColumn(bits: $0, of: bits) }
      known.lend { some.isKnown(where: $0, of: known) }
      try fixture.add(some, "some")
      let all = try fixture.column("row.all").split(separator: " | ")
      #expect(all[0...3] == ["true", "false", "true", "false"])
      #expect(all[64...65] == ["false", "true"])
      let cells = try fixture.column("row.some").split(separator: " | ")
      #expect(cells[0...3] == ["true", "false", "true", "nil"])
      #expect(cells[63...65] == ["nil", "false", "true"])
    }
  }

  @Test func `texts are read where they lie, by row or by code`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 4)
      let offsets = Lender<Int64>([0, 3, 3, 7, 9])
      let bytes = Lender(Array("aéö\u{3c0}\u{0}b".utf8))
      let codes = Lender<UInt8>([3, 0, 3, 9])
      try fixture.add(
        offsets.lend { offsetSpan in
          bytes.lend { LuaColumn(offsets: offsetSpan, of: offsets, bytes: $0, of: bytes) }
        }, "text")
      var coded = codes.lend { LuaColumn($0, of: codes) }
      offsets.lend { offsetSpan in
        bytes.lend { coded.standsForTexts(offsets: offsetSpan, of: offsets, bytes: $0, of: bytes) }
      }
      try fixture.add(coded, "coded")
      #expect(try fixture.column("row.text") == "aé |  | ö\u{3c0} | \u{0}b")
      // The code 9 has no text; the host is asked once, and then it is known.
      for _ in 1...2 {
        #expect(try fixture.column("row.coded") == "\u{0}b | aé | \u{0}b | coded of 3")
      }
      #expect(fixture.asked == ["coded 3"])
    }
  }

  @Test func `bytes that are not UTF-8 are left to the host`() throws {
    let wrong: [[UInt8]] = [
      [0x80], [0xC1, 0x80], [0xC3], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82],
      [0xF0, 0x8F, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x41],
      Array("sixteen letters ".utf8) + [0xFF],
    ]
    try Host.with { state, _ throws in
      for text in wrong {
        let fixture = try Fixture(state, rowCount: 1)
        let offsets = Lender<Int64>([0, Int64(text.count)])
        let bytes = Lender(text)
        try fixture.add(
          offsets.lend { offsetSpan in
            bytes.lend { LuaColumn(offsets: offsetSpan, of: offsets, bytes: $0, of: bytes) }
          }, "text")
        #expect(try fixture.column("row.text") == "text of 0")
      }
    }
  }

  @Test func `texts whose places lie outside of the bytes are left to the host`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 3)
      let offsets = Lender<Int64>([2, 1, 9, -4])
      let bytes = Lender(Array("abc".utf8))
      try fixture.add(
        offsets.lend { offsetSpan in
          bytes.lend { LuaColumn(offsets: offsetSpan, of: offsets, bytes: $0, of: bytes) }
        }, "text")
      #expect(try fixture.column("row.text") == "text of 0 | text of 1 | text of 2")
    }
  }

  @Test func `the host makes the value of each code once`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 4)
      let codes = Lender<Int32>([-7, 5, -7, 5])
      var coded = codes.lend { LuaColumn($0, of: codes) }
      coded.standsForValues()
      try fixture.add(coded, "day")
      #expect(try fixture.column("row.day") == "day of 0 | day of 1 | day of 0 | day of 1")
      #expect(fixture.asked == ["day 0", "day 1"])
    }
  }

  @Test func `columns with long names are found, and those of one length are not mixed up`() throws
  {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 1)
      for number in 0..<40 {
        let value = Lender([Int64(number)])
        let name = String(repeating: "n", count: number + 20) + "\(number % 10)"
        try fixture.add(value.lend { LuaColumn($0, of: value) }, name)
      }
      #expect(
        try fixture.column(
          "row[('n'):rep(20) .. 0] .. ' ' .. row[('n'):rep(59) .. 9] .. ' ' .. row[('n'):rep(59) .. 8]"
        ) == "0 39 \(String(repeating: "n", count: 59))8 of 0")
    }
  }

  @Test func `what is no column is a method or the host's answer`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 1)
      let numbers = Lender<Int8>([1])
      try fixture.add(numbers.lend { LuaColumn($0, of: numbers) }, "n")
      #expect(
        try fixture.column("row:copy() .. ', ' .. row.m") == "a method, m of 0")
    }
  }

  @Test func `a view stands nowhere before and after its loop`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 2)
      let numbers = Lender<Int8>([1, 2])
      try fixture.add(numbers.lend { LuaColumn($0, of: numbers) }, "n")
      try fixture.makeLoop()
      #expect(try state.failure("return view.n").kind == .host("released"))
      #expect(try state.text("local s = '' for row in rows do s = s .. row.n end return s") == "12")
      #expect(try state.failure("return view.n").kind == .host("released"))
      #expect(try state.text("return tostring(rows())") == "nil")
    }
  }

  @Test func `an iterator of values gives the number and all cells`() throws {
    try Host.with { state, _ throws in
      let fixture = try Fixture(state, rowCount: 3)
      let numbers = Lender<Int16>([10, 20, 30])
      let known = Lender<UInt64>([0b101])
      var column = numbers.lend { LuaColumn($0, of: numbers) }
      known.lend { column.isKnown(where: $0, of: known) }
      try fixture.add(column, "n")
      try fixture.add(LuaColumn(), "made")
      let cell = try state.makeFunction("values") { call in
        call.push("\(call.integer(at: 1) ?? 0),\(call.integer(at: 2) ?? 0)")
      }
      try state.setGlobal(
        "values", to: .function(try state.makeValueLoop(of: fixture.makeView(), cell: cell)))
      #expect(
        try state.text(
          """
          local t = {}
          for i, n, made in values do t[#t + 1] = i .. ' ' .. tostring(n) .. ' ' .. made end
          return table.concat(t, ' | ')
          """) == "1 10 1,2 | 2 nil 2,2 | 3 30 3,2")
    }
  }

  @Test func `the memory of a column is kept as long as a script can read it`() throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      try state.define("make") { call throws(LuaError) in
        let owner = Owner([42], Counted(counter))
        let columns = try LuaColumns(call.state, rowCount: 1)
        try columns.add(owner.numbers.lend { LuaColumn($0, of: owner) }, named: "n")
        var description = LuaObjectDescription<Shown>()
        description.on(.index) { _, _ in }
        let type = try call.state.makeType("view", description)
        let cursor = LuaCursor(columns, row: 0)
        call.push(try call.state.makeView(Shown(cursor), as: type, at: cursor))
      }
      #expect(try state.text("kept = make() return kept.n") == "42")
      #expect(counter.alive == 1)
    }
    #expect(counter.alive == 0)
  }

  private final class Owner {
    let numbers: Lender<Int64>
    let counted: Counted

    init(_ numbers: [Int64], _ counted: Counted) {
      self.numbers = Lender(numbers)
      self.counted = counted
    }
  }
}
