import Foundation
import Testing

/// Single files as their publishers gave them, from outside.
@Suite struct FileOptionsTests {
  let folder: TemporaryFolder
  var annals = AnnalsProcess()

  init() throws {
    folder = try TemporaryFolder()
    annals.folder = folder.url
    try folder.write(
      "code|day|dead\n010|05/06/2015|3\n011|07/08/2015\n012|01/02/2015|NA\n", to: "events.csv")
    try folder.write("return data.original", to: "all.lua")
  }

  @Test func `problems of a file are counted, and inspect tells which`() async throws {
    let run = try await annals.run("run", "all.lua", "--data", "events.csv", "--format", "csv")
    #expect(run.status == 0)
    #expect(
      run.output
        == "code,day,dead\n010,05/06/2015,3\n011,07/08/2015,\n012,01/02/2015,\n")
    #expect(
      run.error == "annals: 2 problems in `events.csv`; `annals inspect events.csv` tells which\n")
    let inspected = try await annals.run("inspect", "events.csv")
    #expect(inspected.error == "")
    #expect(
      inspected.output.hasSuffix(
        """
        columns of original
          code  text
          day   text
          dead  integer  2 null

        notes
          a single file: types found from the values of each column
          divided by pipes
          dead: 1 value `NA` stands for nothing known

        2 problems
          events.csv:2, column `day`: `05/06/2015` may have the day or the month first, like all of \
        the column, which is read as text
            fix: say `--types day=day-first`, or `=month-first`
          events.csv:3: the row has 2 fields, but there are 3 columns
            fix: add the missing fields; empty ones count

        """))
  }

  @Test func `a strict reading refuses any problem`() async throws {
    let result = try await annals.run(
      "run", "all.lua", "--data", "events.csv", "--strict", "--types", "day=month-first")
    #expect(result.status == 2)
    #expect(
      result.error == """
        annals: 1 problem in the data of `events`
          events.csv:3: the row has 2 fields, but there are 3 columns
            fix: add the missing fields; empty ones count

        """)
  }

  @Test func `types, missing texts and a schema can be said`() async throws {
    try folder.write(
      #"{"fields": [{"name": "code", "type": "integer"}, {"name": "dead", "type": "string"}]}"#,
      to: "schema.json")
    let said = try await annals.run(
      "run", "all.lua", "--data", "events.csv", "--schema", "schema.json", "--types",
      "day=day-first", "--missing", "3", "--format", "csv")
    #expect(said.output == "code,day,dead\n10,2015-06-05,\n11,2015-08-07,\n12,2015-02-01,NA\n")
    let unknown = try await annals.run("inspect", "events.csv", "--types", "codes=text")
    #expect(unknown.status == 2)
    #expect(
      unknown.error
        == "annals: the file has no column `codes`\n  at:  events.csv\n  fix: did you mean `code`?\n"
    )
  }

  @Test func `an option that can't be is wrong usage`() async throws {
    for (arguments, message) in [
      (
        ["--delimiter", "é"],
        "`--delimiter` can't be `é`\n  fix: write `comma`, `tab`, `semicolon`, `pipe` or one ASCII"
          + " character"
      ),
      (
        ["--encoding", "windows-1251"],
        "`--encoding` can't be `windows-1251`\n  fix: write `windows-1252`"
      ),
      (
        ["--types", "day"], "`--types` can't be `day`\n  fix: write column=type, such as code=text"
      ),
      (["--types", "day=days"], "`--types` knows no type `days`\n  fix: write `day`"),
    ] {
      let result = try await annals.run(["inspect", "events.csv"] + arguments)
      #expect(result.status == 64)
      #expect(result.error.hasPrefix("annals: " + message + "\n"))
    }
  }

  @Test func `compressed files are opened by their names, and damaged ones refused`() async throws {
    // What gzip makes of `a,b` and `1,2`.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0x4B, 0xD4, 0x49, 0xE2, 0x32,
      0xD4, 0x31, 0xE2, 0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
    ]
    try Data(packed).write(to: folder.url.appending(path: "small.csv.gz"))
    let result = try await annals.run(
      "run", "all.lua", "--data", "small.csv.gz", "--format", "csv")
    #expect(result == AnnalsProcess.Result(status: 0, output: "a,b\n1,2\n", error: ""))
    try Data(packed.dropLast(9)).write(to: folder.url.appending(path: "cut.csv.gz"))
    let cut = try await annals.run("inspect", "cut.csv.gz")
    #expect(cut.status == 2)
    #expect(
      cut.error == "annals: the file is cut short: its gzip does not end\n  at:  cut.csv.gz"
        + "\n  fix: fetch it again\n")
  }
}
