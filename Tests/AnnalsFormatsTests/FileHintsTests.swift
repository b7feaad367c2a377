import AnnalsEngine
import Testing

@testable import AnnalsFormats

/// Files that stand in no data package.
@Suite struct FileHintsTests {
  /// Columns, rows as text, problems and notes.
  func read(
    _ text: String, _ hints: FileHints = FileHints(), hasHeader: Bool = true
  ) throws -> (names: [String], rows: [[String]], problems: [String], notes: [String]) {
    var problems = ProblemList()
    let raw = try TableReader.read(
      TableResource(
        name: "t", path: "t.csv", dialect: DelimitedDialect(hasHeader: hasHeader)), schema: nil,
      hints: hints, from: ByteSource(Array(text.utf8)), budget: SmallTable.budget,
      problems: &problems)
    let columns = try raw.columns(raw.schema.names)
    let rows = (0..<raw.rowCount).map { row in columns.map { $0.value(row).text } }
    return (
      raw.schema.names, rows,
      problems.problems.map { "\($0.line) \($0.columns.first ?? "-"): \($0.wrong)" },
      raw.notes.map(\.description)
    )
  }

  @Test func `columns without a name, or with one that stood before, are kept and told`() throws {
    let found = try read("id,,actor,actor,actor_2,actor\n1,2,a,b,c,d\n")
    #expect(found.names == ["id", "column2", "actor", "actor_3", "actor_2", "actor_4"])
    #expect(found.rows == [["1", "2", "a", "b", "c", "d"]])
    #expect(
      found.problems == [
        "1 column2: the column has no name and is read as `column2`",
        "1 actor: two columns have this name; the second is read as `actor_3`",
        "1 actor: two columns have this name; the second is read as `actor_4`",
      ])
  }

  @Test func `a line of HXL tags is no row`() throws {
    let found = try read("date,place,dead\n#date+start,,#affected+killed\n2022-01-05,x,3\n")
    #expect(found.rows == [["2022-01-05", "x", "3"]])
    #expect(found.problems == [])
    #expect(found.notes == ["line 2 holds HXL tags and is no row"])
    #expect(try read("date,place\n#date,Almaty\n").rows.count == 1)
    #expect(try read("a\n#\n").rows.count == 1)
  }

  @Test func `lines are counted from the file's first, whatever stands before the rows`() throws {
    let found = try read("a,\"b\nb\"\n#x,#y\n1,2\n3\n")
    #expect(found.problems == ["5 -: the row has 1 field, but there are 2 columns"])
    #expect(found.notes == ["line 3 holds HXL tags and is no row"])
  }

  @Test func `short and long rows are read as far as they go`() throws {
    let found = try read("a,b\n1\n2,3,4\n5,6\n\n7,8\n")
    #expect(found.rows.map { $0[0] } == ["1", "2", "5", "7"])
    #expect(
      found.problems == [
        "2 -: the row has 1 field, but there are 2 columns",
        "3 -: the row has 3 fields, but there are 2 columns", "5 -: the line is empty",
      ])
  }

  @Test func `names that are given need no header, and rows may lack what is optional`() throws {
    var hints = FileHints()
    hints.header = .names(["id", "day", "url"], optional: 1)
    let found = try read("1,x,u\n2,y\n3\n", hints, hasHeader: false)
    #expect(found.names == ["id", "day", "url"])
    #expect(found.rows.map { $0[0] } == ["1", "2", "3"])
    #expect(found.problems == ["3 -: the row has 1 field, but there are 3 columns"])
  }

  @Test func `a quote that the last line leaves open is closed at its end`() throws {
    let found = try read("a,b\n1,\"x, y\n")
    #expect(found.rows == [["1", "x, y"]])
    #expect(found.problems == ["2 b: a quote is opened and never closed"])
    #expect(try read("a,b\n1,\"x\r\n").rows == [["1", "x"]])
    #expect(try read("a,b\n1,\"").rows == [["1", ""]])
  }

  @Test func `grave are problems with which no row can be trusted`() throws {
    var problems = ProblemList(limit: 1)
    let bytes = Array("a,b\n1\n2,".utf8) + [0xFF, 0x0A] + Array("3,\"4\n5,6\n".utf8)
    _ = try TableReader.read(
      TableResource(name: "t", path: "t.csv"), schema: nil, hints: FileHints(),
      from: ByteSource(bytes), budget: SmallTable.budget, problems: &problems)
    #expect(problems.problems.map(\.line) == [2])
    #expect(problems.graveProblems.map(\.line) == [3])
    #expect(problems.count == 3)
    #expect(problems.graveCount == 2)
  }

  @Test func `more columns than a table can hold are refused before any is made`() throws {
    for count in [100_000, 1_000_000] {
      let header = (0..<count).map { "c\($0)" }.joined(separator: ",")
      let budget = MemoryBudget(byteLimit: 1 << 26)
      var problems = ProblemList()
      let error = #expect(throws: FormatsError.self) {
        try TableReader.read(
          TableResource(name: "t", path: "t.csv"), schema: nil, hints: FileHints(),
          from: ByteSource(Array((header + "\n1,2\n").utf8)), budget: budget, problems: &problems)
      }
      #expect(
        error?.description.split(separator: "\n").first.map(String.init)
          == "the file has \(count) columns, more than 16384")
    }
  }
}
