import AnnalsEngine
import AnnalsReports
import Testing

@Suite struct TableTextTests {
  /// A table of texts and integers, given as columns; nil is null.
  func table(_ columns: [(name: String, values: [Value])]) throws -> Table {
    let budget = MemoryBudget(byteLimit: 1 << 24)
    var types: [(String, ValueType)] = []
    var made: [Column] = []
    for column in columns {
      let type = column.values.lazy.compactMap(\.type).first ?? .text
      let builder = try ColumnBuilder(type: type, budget: budget)
      for value in column.values { try builder.append(value) }
      types.append((column.name, type))
      made.append(try builder.finished())
    }
    return Table(
      schema: Schema(names: types), rowCount: columns.first?.values.count ?? 0, columns: made)
  }

  func lines(_ table: Table, width: Int?) -> [String] {
    TableText(width: width).render(table).split(separator: "\n").map(String.init)
  }

  @Test func `without a width everything is shown`() throws {
    let long = String(repeating: "long ", count: 60)
    let table = try table([
      ("n", (1...200).map { .integer($0) }), ("text", (1...200).map { _ in .text(long + "end") }),
    ])
    let lines = lines(table, width: nil)
    #expect(lines.count == 202)
    #expect(lines.dropFirst(2).allSatisfy { $0.hasSuffix("end") })
  }

  @Test func `a table that fits is shown as it is`() throws {
    let table = try table([
      ("day", [.text("Monday"), .text("Tuesday"), .null]),
      ("toll", [.integer(3), .integer(12), .null]),
    ])
    #expect(
      TableText(width: 13).render(table) == """
        day      toll
        ───────  ────
        Monday      3
        Tuesday    12
        ·           ·

        """)
  }

  @Test func `a table without rows says so`() throws {
    let table = try table([("day", []), ("toll", [])])
    #expect(lines(table, width: nil) == ["day  toll", "───  ────", "(no rows)"])
    #expect(lines(table, width: 40) == ["day  toll", "───  ────", "(no rows)"])
  }

  @Test func `long texts are cut first, and numbers never`() throws {
    let table = try table([
      ("title", [.text("a title that is long, very long"), .text("short")]),
      ("toll", [.integer(1_234_567), .integer(8)]),
    ])
    #expect(
      TableText(width: 28).render(table) == """
        title                   toll
        ───────────────────  ───────
        a title that is lo…  1234567
        short                      8

        """)
  }

  @Test func `days are not cut`() throws {
    let day = try #require(Day("2031-03-05"))
    let table = try table([
      ("day", [.day(day)]), ("title", [.text("a title that is much too long for it")]),
    ])
    #expect(
      lines(table, width: 28).last == "2031-03-05  a title that is…")
  }

  @Test func `columns that do not fit are left out, counted and named below`() throws {
    let table = try table([
      ("first", [.integer(123_456)]), ("second", [.integer(123_456)]),
      ("third", [.integer(123_456)]), ("fourth", [.integer(123_456)]),
    ])
    #expect(
      TableText(width: 60).render(table) == """
         first  second   third  fourth
        ──────  ──────  ──────  ──────
        123456  123456  123456  123456

        """)
    let narrow = lines(table, width: 20)
    #expect(narrow.prefix(3) == [" first  second", "──────  ──────", "123456  123456"])
    #expect(narrow.dropFirst(3) == ["… not shown: 2 of 4…", "  third, fourth"])
  }

  @Test func `rows beyond the limit are counted below`() throws {
    let table = try table([("n", (1...60).map { .integer($0) })])
    let lines = lines(table, width: 80)
    #expect(lines.count == 53)
    #expect(lines[51] == "50")
    #expect(lines[52] == "… not shown: 10 of 60 rows; --format csv gives all")
  }

  @Test func `no line is wider than the terminal`() throws {
    let table = try table([
      ("a", [.text("日本語のとても長いテキスト"), .text("plain")]),
      ("number", [.integer(123_456_789_012), .null]),
      ("b", [.text(String(repeating: "x", count: 90)), .text("e\u{301}e\u{301}")]),
      ("c", [.text("the end"), .text("🙂 🙂 🙂 🙂 🙂 🙂 🙂 🙂")]),
    ])
    for width in 20...120 {
      for line in lines(table, width: width) {
        #expect(DisplayWidth.of(line) <= width, "width \(width): \(line)")
      }
    }
  }

  @Test func `wide characters take two cells, marks on others none`() throws {
    let table = try table([
      ("place", [.text("日本"), .text("Cafe\u{301}"), .text("👩‍👩‍👧"), .text("oslo")]),
      ("n", [.integer(1), .integer(2), .integer(3), .integer(4)]),
    ])
    #expect(
      TableText().render(table) == """
        place  n
        ─────  ─
        日本   1
        Cafe\u{301}   2
        👩‍👩‍👧     3
        oslo   4

        """)
  }

  @Test func `a cut falls between characters, also wide ones`() {
    #expect(DisplayWidth.cut("日本語", to: 6) == "日本語")
    #expect(DisplayWidth.cut("日本語", to: 5) == "日本…")
    #expect(DisplayWidth.cut("日本語", to: 4) == "日…")
    #expect(DisplayWidth.cut("Cafe\u{301} au lait", to: 5) == "Cafe\u{301}…")
  }

  @Test func `control characters are written out`() throws {
    let table = try table([
      ("na\u{7}me", [.text("two\nlines"), .text("tab\there"), .text("\u{1B}[31mred\u{202E}")])
    ])
    #expect(
      TableText().render(table) == """
        na\\u{7}me
        ─────────────────────
        two\\nlines
        tab\\there
        \\u{1b}[31mred\\u{202e}

        """)
  }

  @Test func `a text that is empty is not a null`() throws {
    let table = try table([("a", [.text(""), .null]), ("b", [.integer(1), .integer(2)])])
    #expect(lines(table, width: nil) == ["a  b", "─  ─", "   1", "·  2"])
  }
}
