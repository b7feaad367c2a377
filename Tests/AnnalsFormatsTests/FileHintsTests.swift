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

  /// The types that are found, by name.
  func types(_ text: String, _ hints: FileHints = FileHints()) throws -> [String: String] {
    var problems = ProblemList()
    let raw = try TableReader.read(
      TableResource(name: "t", path: "t.csv"), schema: nil, hints: hints,
      from: ByteSource(Array(text.utf8)), budget: SmallTable.budget, problems: &problems)
    let pairs = raw.schema.fields.map { ($0.name, $0.type.name) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test func `texts that stand for nothing known are null in every column, and counted`() throws {
    let found = try read("n,d,t,x\n1,NA,NA,1.5\nNA,2022-01-05,a,.\n.,2022-01-06,.,\nNA,,b,2\n")
    #expect(
      found.rows == [
        ["1", "", "", "1.5"], ["", "2022-01-05", "a", ""], ["", "2022-01-06", "", ""],
        ["", "", "b", "2"],
      ])
    #expect(
      found.notes == [
        "n: 2 values `NA` stand for nothing known", "n: 1 value `.` stands for nothing known",
        "d: 1 value `NA` stands for nothing known", "t: 1 value `NA` stands for nothing known",
        "t: 1 value `.` stands for nothing known", "x: 1 value `.` stands for nothing known",
      ])
    #expect(
      try types("n,d,t,x\n1,NA,NA,1.5\nNA,2022-01-05,a,.\n")
        == ["n": "integer", "d": "day", "t": "text", "x": "number"])
    var hints = FileHints()
    hints.missingTexts = []
    #expect(try types("n\n1\nNA\n", hints) == ["n": "text"])
    hints.missingTexts = ["-99"]
    #expect(try read("n\n1\n-99\n-9\n", hints).rows == [["1"], [""], ["-9"]])
    #expect(try read("n\na\n5\n-99\n", hints).rows == [["a"], ["5"], [""]])
  }

  @Test func `NA among codes of two capitals is one of them`() throws {
    let found = try read("iso,word\nZA,x\nNA,NA\nKZ,y\n")
    #expect(found.rows == [["ZA", "x"], ["NA", ""], ["KZ", "y"]])
    #expect(found.notes == ["word: 1 value `NA` stands for nothing known"])
    #expect(try read("iso,n\nNA,1\nZA,2\n").rows == [["", "1"], ["ZA", "2"]])
  }

  @Test func `types that are said hold, and what does not fit them is told`() throws {
    var hints = FileHints()
    let known = [
      hints.setType("text", of: "code"), hints.setType("integer", of: "n"),
      hints.setType("colour", of: "n"),
    ]
    #expect(known == [true, true, false])
    let found = try read("code,n\n1,2\n2,x\n", hints)
    #expect(found.rows == [["1", "2"], ["2", ""]])
    #expect(found.problems == ["3 n: `x` is no integer"])
    #expect(try types("code,n\n1,2\n", hints) == ["code": "text", "n": "integer"])
    let error = #expect(throws: FormatsError.self) { try read("coda,n\n1,2\n", hints) }
    #expect(
      error?.description
        == "the file has no column `code`\n  at:  t.csv\n  fix: did you mean `coda`?")
  }

  @Test func `days in the forms of publishers are days, and the form is told`() throws {
    let text = """
      long,short,slash,clock,event_date,timestamp,iso
      05 January 2022,9-May-20,29/12/2015,2014-01-22 00:00:00.000,20220105,1641340800,2022-01-05
      6 January 2022,10-May-20,01/02/2016,2014-01-23 00:00:00.000,20220106,1641340801,2022-01-06

      """
    let found = try read(text)
    #expect(
      found.rows == [
        [
          "2022-01-05", "2020-05-09", "2015-12-29", "2014-01-22", "2022-01-05",
          "2022-01-05T00:00:00Z", "2022-01-05",
        ],
        [
          "2022-01-06", "2020-05-10", "2016-02-01", "2014-01-23", "2022-01-06",
          "2022-01-05T00:00:01Z", "2022-01-06",
        ],
      ])
    #expect(
      found.notes == [
        "long: days written as `05 January 2022`", "short: days written as `9-May-20`",
        "slash: days written as `29/12/2015`, day first",
        "clock: days written as times at midnight", "event_date: days written as `20220105`",
        "timestamp: times written as seconds since 1970",
      ])
    #expect(try types("update,n\n20221305,20220105\n") == ["update": "integer", "n": "integer"])
    #expect(
      try types("update_timestamp,update\n1641340800,1641340800\n") == [
        "update_timestamp": "time", "update": "integer",
      ])
  }

  @Test func `days of which nobody can tell the month are refused, until it is said`() throws {
    let text = "id,day\n1,\n2,05/06/2015\n3,NA\n4,07/08/2015\n"
    let found = try read(text)
    #expect(found.rows.map { $0[1] } == ["", "05/06/2015", "", "07/08/2015"])
    #expect(
      found.problems == [
        "3 day: `05/06/2015` may have the day or the month first, like all of the column, which is"
          + " read as text"
      ])
    var hints = FileHints()
    _ = hints.setType("month-first", of: "day")
    #expect(try read(text, hints).rows.map { $0[1] } == ["", "2015-05-06", "", "2015-07-08"])
    let mixed = try read("day\n05/16/2015\n17/08/2015\n")
    #expect(
      mixed.problems == [
        "2 day: `05/16/2015` and others have the day first in some rows and the month in others, so"
          + " that the column is read as text"
      ])
  }

  @Test func `a column that was said to hold days tells what is none`() throws {
    var hints = FileHints()
    _ = hints.setType("day", of: "day")
    let found = try read("day\n5 May 2020\n20200506\nsoon\n2020-05-07\n", hints)
    #expect(found.rows == [["2020-05-05"], ["2020-05-06"], [""], ["2020-05-07"]])
    #expect(found.problems == ["4 day: `soon` is no day"])
    #expect(try types("day,n\n,1\n", hints) == ["day": "day", "n": "integer"])
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
