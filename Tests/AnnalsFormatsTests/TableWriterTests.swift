import AnnalsEngine
import AnnalsFormats
import Testing

@Suite struct TableWriterTests {
  let table: Table

  init() throws {
    table = try SmallTable.table([
      ("name", .text, [.text("a,\"b\"\nc|\\"), .text(""), .null]),
      ("n", .integer, [.integer(-3), .null, .integer(.max)]),
      ("x", .number, [.number(-0.0), .number(0.1), .number(.infinity)]),
      ("on", .day, [.day(try #require(Day("2022-01-05"))), .null, .null]),
      ("tags", .list, [.list(["p", "q"]), .list([]), .null]),
      ("toll", .figure, [.figure(Figure(low: 1001)), .figure(Figure(26)), .null]),
    ])
  }

  @Test func `CSV quotes where needed, and an empty text differs from a null`() throws {
    #expect(
      try SmallTable.written(table, as: .csv) == """
        name,n,x,on,tags,toll_low,toll_best,toll_high
        "a,""b""
        c|\\",-3,-0,2022-01-05,p;q,1001,,
        "",,0.1,,"",26,26,26
        ,9223372036854775807,INF,,,,,

        """)
  }

  @Test func `TSV quotes tabs and not commas`() throws {
    let table = try SmallTable.table([("a\tb", .text, [.text("x,y"), .text("x\ty")])])
    #expect(try SmallTable.written(table, as: .tsv) == "\"a\tb\"\nx,y\n\"x\ty\"\n")
  }

  @Test func `JSON is an array of objects, a row a line`() throws {
    #expect(
      try SmallTable.written(table, as: .json) == #"""
        [
        {"name":"a,\"b\"\nc|\\","n":-3,"x":-0,"on":"2022-01-05","tags":["p","q"],"toll_low":1001,"toll_best":null,"toll_high":null},
        {"name":"","n":null,"x":0.1,"on":null,"tags":[],"toll_low":26,"toll_best":26,"toll_high":26},
        {"name":null,"n":9223372036854775807,"x":null,"on":null,"tags":null,"toll_low":null,"toll_best":null,"toll_high":null}
        ]

        """#)
  }

  @Test func `NDJSON is an object a line, and an empty table is nothing`() throws {
    let table = try SmallTable.table([("a", .boolean, [.boolean(true), .null])])
    #expect(try SmallTable.written(table, as: .ndjson) == "{\"a\":true}\n{\"a\":null}\n")
    let empty = try SmallTable.table([("a", .boolean, [])])
    #expect(try SmallTable.written(empty, as: .ndjson) == "")
    #expect(try SmallTable.written(empty, as: .json) == "[]\n")
    #expect(try SmallTable.written(empty, as: .csv) == "a\n")
  }

  @Test func `control characters are escaped in JSON`() throws {
    let table = try SmallTable.table([("a", .text, [.text("\u{0}\u{1F}\t\u{7F}é")])])
    #expect(
      try SmallTable.written(table, as: .ndjson) == #"{"a":"\u0000\u001f\t\u007fé"}"# + "\n")
  }

  @Test func `Markdown escapes pipes and lines numbers up on the right`() throws {
    #expect(
      try SmallTable.written(table, as: .markdown) == #"""
        | name | n | x | on | tags | toll |
        | --- | ---: | ---: | --- | --- | ---: |
        | a,"b"<br>c\|\\ | -3 | -0 | 2022-01-05 | p;q | ≥1001 |
        | | | 0.1 | | | 26 |
        | | 9223372036854775807 | inf | | | |

        """#)
  }

  @Test func `columns that would bear one name are refused`() throws {
    let table = try SmallTable.table([("x", .figure, []), ("x_low", .number, [])])
    do throws(FormatsError) {
      _ = try TableWriter(table, format: .csv)
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.description.hasPrefix("two columns would be called `x_low` in the file"))
    }
  }

  @Test func `an error of the sink ends the writing`() throws {
    let writer = try TableWriter(table, format: .csv)
    #expect(throws: Unexpected.self) {
      try writer.write { _ throws(Unexpected) in throw Unexpected() }
    }
  }

  @Test func `a format goes by the ending of a path`() {
    #expect(TableFormat(path: "out/a.b/t.CSV") == .csv)
    #expect(TableFormat(path: "t.md") == .markdown)
    #expect(TableFormat(path: "a.csv/t") == nil)
    #expect(TableFormat(path: "t.xlsx") == nil)
  }
}
