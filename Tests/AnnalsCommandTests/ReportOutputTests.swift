import Foundation
import Testing

@Suite struct ReportOutputTests {
  let annals = AnnalsProcess()
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ script: String, _ arguments: String...) async throws -> AnnalsProcess.Result {
    let path = try folder.write(script, to: "test.lua")
    let town = ["--data", "Tests/AnnalsCommandTests/Fixtures/town"]
    return try await annals.run(["run", path] + town + arguments)
  }

  static let tables = "return data.events:select('id'), 'a remark', data.figures"

  /// What each format makes of events with quotes, bars, nulls, and of figures.
  static let forms: [(format: String, events: String, figures: String)] = [
    (
      "text",
      """
      id  date        title                crowd  share
      ──  ──────────  ───────────────────  ─────  ─────
      e1  2031-03-04  March, with "flags"    120    0.5
      e2  2031-03-05  Sit-in | noon            ·   1.25
      e3  ·           Iğdır ILIK               7      ·

      """,
      """
      id  event  value
      ──  ─────  ─────
      f1  e1        26
      f2  e2     ≥1001

      """
    ),
    (
      "csv",
      """
      id,date,title,crowd,share
      e1,2031-03-04,"March, with ""flags""\",120,0.5
      e2,2031-03-05,Sit-in | noon,,1.25
      e3,,Iğdır ILIK,7,

      """,
      """
      id,event,value_low,value_best,value_high
      f1,e1,26,26,26
      f2,e2,1001,,

      """
    ),
    (
      "tsv",
      """
      id\tdate\ttitle\tcrowd\tshare
      e1\t2031-03-04\t"March, with ""flags""\"\t120\t0.5
      e2\t2031-03-05\tSit-in | noon\t\t1.25
      e3\t\tIğdır ILIK\t7\t

      """,
      """
      id\tevent\tvalue_low\tvalue_best\tvalue_high
      f1\te1\t26\t26\t26
      f2\te2\t1001\t\t

      """
    ),
    (
      "json",
      """
      [
      {"id":"e1","date":"2031-03-04","title":"March, with \\"flags\\"","crowd":120,"share":0.5},
      {"id":"e2","date":"2031-03-05","title":"Sit-in | noon","crowd":null,"share":1.25},
      {"id":"e3","date":null,"title":"Iğdır ILIK","crowd":7,"share":null}
      ]

      """,
      """
      [
      {"id":"f1","event":"e1","value_low":26,"value_best":26,"value_high":26},
      {"id":"f2","event":"e2","value_low":1001,"value_best":null,"value_high":null}
      ]

      """
    ),
    (
      "ndjson",
      """
      {"id":"e1","date":"2031-03-04","title":"March, with \\"flags\\"","crowd":120,"share":0.5}
      {"id":"e2","date":"2031-03-05","title":"Sit-in | noon","crowd":null,"share":1.25}
      {"id":"e3","date":null,"title":"Iğdır ILIK","crowd":7,"share":null}

      """,
      """
      {"id":"f1","event":"e1","value_low":26,"value_best":26,"value_high":26}
      {"id":"f2","event":"e2","value_low":1001,"value_best":null,"value_high":null}

      """
    ),
    (
      "markdown",
      """
      | id | date | title | crowd | share |
      | --- | --- | --- | ---: | ---: |
      | e1 | 2031-03-04 | March, with "flags" | 120 | 0.5 |
      | e2 | 2031-03-05 | Sit-in \\| noon | | 1.25 |
      | e3 | | Iğdır ILIK | 7 | |

      """,
      """
      | id | event | value |
      | --- | --- | ---: |
      | f1 | e1 | 26 |
      | f2 | e2 | ≥1001 |

      """
    ),
  ]

  @Test(arguments: forms)
  func `a table is written in the format that is asked for`(
    _ form: (format: String, events: String, figures: String)
  ) async throws {
    let events = try await run("return data.events", "--format", form.format)
    #expect(events == AnnalsProcess.Result(status: 0, output: form.events, error: ""))
    let figures = try await run("return data.figures", "--format", form.format)
    #expect(figures == AnnalsProcess.Result(status: 0, output: form.figures, error: ""))
  }

  @Test(arguments: [
    ("txt", "text"), ("csv", "csv"), ("tsv", "tsv"), ("json", "json"), ("ndjson", "ndjson"),
    ("md", "markdown"),
  ])
  func `a file is written in the format of its ending`(_ ending: String, _ format: String)
    async throws
  {
    let form = try #require(Self.forms.first { $0.format == format })
    let result = try await run("return data.events", "-o", folder.path("report." + ending))
    #expect(result == AnnalsProcess.Result(status: 0, output: "", error: ""))
    #expect(try folder.text("report." + ending) == form.events)
    #expect(try folder.names == ["report." + ending, "test.lua"])
  }

  @Test func `a format that is asked for goes before the ending of the file`() async throws {
    let form = try #require(Self.forms.first { $0.format == "csv" })
    #expect(
      try await run("return data.events", "--format", "csv", "-o", folder.path("report.dat")).status
        == 0)
    #expect(try folder.text("report.dat") == form.events)
  }

  @Test func `a file whose ending stands for another format is remarked upon`() async throws {
    let form = try #require(Self.forms.first { $0.format == "json" })
    let path = folder.path("report.csv")
    let result = try await run("return data.events", "--format", "json", "-o", path)
    #expect(result.status == 0)
    #expect(
      result.error
        == "annals: `\(path)` is written as json, as `--format` asks, and not as csv\n")
    #expect(try folder.text("report.csv") == form.events)
    let plain = try await run(
      "return data.events", "--format", "markdown", "-o", folder.path("report.txt"))
    #expect(plain == AnnalsProcess.Result(status: 0, output: "", error: ""))
  }

  @Test func `an ending that tells no format is refused before the script runs`() async throws {
    let result = try await run("print('ran')", "-o", folder.path("report.xyz"))
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error.contains("tells no format\n  fix: give `--format`"))
    #expect(try folder.names == ["test.lua"])
  }

  // MARK: What goes wrong leaves the file

  @Test(arguments: [
    "error('no report')", "return data.events:select('x = crowd * 9223372036854775807')",
    "return data.events, data.figures", "return 'no table'",
  ])
  func `a report that fails leaves the old file untouched`(_ script: String) async throws {
    try folder.write("old", to: "report.csv")
    #expect(try await run(script, "-o", folder.path("report.csv")).status != 0)
    #expect(try folder.text("report.csv") == "old")
    #expect(try folder.names == ["report.csv", "test.lua"])
  }

  @Test func `a file in a folder that is not there is refused before the script runs`()
    async throws
  {
    let lost = folder.path("nowhere/report.csv")
    let result = try await run("print('ran') return data.events", "-o", lost)
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(
      result.error == """
        annals: there is no folder `\(folder.path("nowhere"))` to write `\(lost)` in
          fix: make it, or write to a folder that is there

        """)
    #expect(try folder.names == ["test.lua"])
  }

  @Test func `a folder is no file to write to`() async throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "report.csv"), withIntermediateDirectories: false)
    let result = try await run("return data.events", "-o", folder.path("report.csv"))
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("annals: "))
    #expect(try folder.names == ["report.csv", "test.lua"])
  }

  // MARK: Several tables

  @Test func `text holds all that a script returned`() async throws {
    let result = try await run(Self.tables)
    #expect(
      result.output == """
        id
        ──
        e1
        e2
        e3

        a remark

        id  event  value
        ──  ─────  ─────
        f1  e1        26
        f2  e2     ≥1001

        """)
    #expect(result.error == "")
  }

  @Test func `a format of one table refuses two`() async throws {
    let result = try await run(Self.tables, "--format", "csv")
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(
      result.error.hasSuffix(
        """
        annals: csv holds one table, and the script returned 2
          fix: choose one with `--table N`, or use `--format text` or `markdown`

        """))
  }

  @Test func `one of several tables can be chosen`() async throws {
    let result = try await run(Self.tables, "--format", "csv", "--table", "1")
    #expect(result.status == 0)
    #expect(result.output == "id\ne1\ne2\ne3\n")
    #expect(try await run(Self.tables, "--table", "2").output.hasPrefix("id  event  value\n"))
  }

  @Test func `a table that is not there can't be chosen`() async throws {
    let result = try await run(Self.tables, "--format", "csv", "--table", "3")
    #expect(result.status == 64)
    #expect(result.error.hasSuffix("annals: there is no table 3, the script returned 2\n"))
  }

  // MARK: What scripts print

  @Test func `print goes to standard output`() async throws {
    let result = try await run("print('seen')\nreturn data.events:select('id'):take(1)")
    #expect(result.output == "seen\nid\n──\ne1\n")
    #expect(result.error == "")
  }

  @Test func `print goes to standard error beside a report in a format or file`() async throws {
    let script = "print('seen')\nreturn data.events:select('id'):take(1)"
    #expect(
      try await run(script, "--format", "csv")
        == AnnalsProcess.Result(status: 0, output: "id\ne1\n", error: "seen\n"))
    #expect(
      try await run(script, "-o", folder.path("report.csv"))
        == AnnalsProcess.Result(status: 0, output: "", error: "seen\n"))
    #expect(try folder.text("report.csv") == "id\ne1\n")
  }

  @Test func `print goes to standard output where nothing is returned`() async throws {
    #expect(
      try await run("print('seen')", "--format", "csv")
        == AnnalsProcess.Result(status: 0, output: "seen\n", error: ""))
  }

  @Test(arguments: [["run", "Scripts/timeline.lua"], ["inspect"], ["help"]])
  func `output that does not arrive is an error`(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = try AnnalsProcess.program()
    process.arguments = arguments
    process.currentDirectoryURL = AnnalsProcess.repository
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(
      message == """
        annals: standard output could not be written to the end
          fix: check that its disk has room, or write to a file with `-o`

        """)
  }

  @Test func `a parameter without a value is refused`() async throws {
    let result = try await annals.run("run", "Scripts/actors-by-role.lua", "--role")
    #expect(result.status == 64)
    #expect(result.error == "annals: `--role` needs a value\n  fix: write `--role VALUE`\n")
  }
}
