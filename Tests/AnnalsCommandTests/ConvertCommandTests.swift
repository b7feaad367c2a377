import Foundation
import Testing

@Suite struct ConvertCommandTests {
  let annals = AnnalsProcess()
  let town = "Tests/AnnalsCommandTests/Fixtures/town"

  @Test func `a dataset that went through Arrow files is the same dataset`() async throws {
    let folder = try TemporaryFolder()
    let there = try await annals.run(
      "convert", town, folder.path("arrow"), "--format", "arrow")
    #expect(there == AnnalsProcess.Result(status: 0, output: "", error: ""))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("arrow")).sorted()
        == ["datapackage.json", "events.arrow", "figures.arrow"])
    let back = try await annals.run("convert", folder.path("arrow"), folder.path("csv"))
    #expect(back == AnnalsProcess.Result(status: 0, output: "", error: ""))
    for name in ["events.csv", "figures.csv"] {
      let given = try String(
        contentsOf: AnnalsProcess.repository.appending(path: town + "/" + name), encoding: .utf8)
      #expect(try folder.text("csv/" + name) == given)
    }
    let first = try await annals.run("inspect", town)
    #expect(try await annals.run("inspect", folder.path("arrow")) == first)
    #expect(try await annals.run("inspect", folder.path("csv")) == first)
  }

  @Test func `a script gives the same on an Arrow file as on the CSV file that it was made of`()
    async throws
  {
    let folder = try TemporaryFolder()
    let csv = town + "/events.csv"
    #expect(try await annals.run("convert", csv, folder.path("e.arrow")).status == 0)
    let script = try folder.write("return data.events:sort(\"-date\")", to: "s.lua")
    let expected = try await annals.run("run", script, "--data", csv, "--format", "csv")
    #expect(expected.status == 0)
    #expect(
      try await annals.run("run", script, "--data", folder.path("e.arrow"), "--format", "csv")
        == expected)
  }

  @Test func `a report can be written as Arrow and read again`() async throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "return data.figures:select(\"id\", \"event\", \"value\")", to: "s.lua")
    #expect(
      try await annals.run("run", script, "--data", town, "-o", folder.path("r.arrow")).status == 0)
    let shown = try folder.write("return data.events", to: "t.lua")
    let expected = try await annals.run("run", script, "--data", town)
    #expect(
      try await annals.run("run", shown, "--data", folder.path("r.arrow")).output
        == expected.output)
  }

  @Test func `a file holds one table, which must be named where there are several`() async throws {
    let folder = try TemporaryFolder()
    let several = try await annals.run("convert", town, folder.path("t.arrow"))
    #expect(several.status == 64)
    #expect(
      several.error == """
        annals: a file holds one table, and `\(town)` has 2
          fix: choose one with `--table`, or name a folder

        """)
    let unknown = try await annals.run("convert", town, folder.path("t.csv"), "--table", "event")
    #expect(unknown.status == 64)
    #expect(
      unknown.error == """
        annals: there is no table `event` in `\(town)`
          fix: did you mean `events`?

        """)
    #expect(
      try await annals.run("convert", town, folder.path("t.csv"), "--table", "events").status == 0)
    #expect(try folder.text("t.csv").hasPrefix("id,date,title,crowd,share\ne1,2031-03-04,"))
    #expect(try folder.names == ["t.csv"])
  }

  @Test func `a folder that holds something is not replaced`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("kept", to: "note")
    let result = try await annals.run("convert", town, folder.path(""))
    #expect(result.status == 1)
    #expect(result.error.contains("is there already, and is not replaced"))
    #expect(try folder.names == ["note"])
  }

  @Test func `wrong data are reported, and nothing is written`() async throws {
    let folder = try TemporaryFolder()
    let result = try await annals.run(
      "convert", "Tests/AnnalsCommandTests/Fixtures/broken", folder.path("out"))
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("annals: "))
    #expect(try folder.names == [])
  }

  @Test func `an ending that tells no format is refused`() async throws {
    let result = try await annals.run("convert", town, "x.foo")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: the ending of `x.foo` tells no format
          fix: give `--format`, or end it in .csv, .tsv, .json, .ndjson, .md or .arrow

        """)
  }

  @Test func `a damaged Arrow file is wrong data, also when only a script notices`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("e.arrow")
    #expect(try await annals.run("convert", town + "/events.csv", path).status == 0)
    var bytes = try Data(contentsOf: URL(filePath: path))
    let text = try #require(bytes.range(of: Data("Sit-in".utf8)))
    bytes[text.lowerBound] = 0xFF
    try bytes.write(to: URL(filePath: path))
    let script = try folder.write("return data.events:select(\"title\")", to: "s.lua")
    let other = try folder.write("return data.events:select(\"id\")", to: "o.lua")
    #expect(try await annals.run("run", other, "--data", path).status == 0)
    for arguments in [["run", script, "--data", path], ["inspect", path]] {
      let result = try await annals.run(arguments)
      #expect(result.status == 2)
      #expect(
        result.error.hasPrefix(
          "annals: the column `title` of `\(path)` can't be used: a text is not UTF-8"))
    }
  }

  @Test func `what CSV has no form for is said`() async throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "return annals.table({{\"\", 1}, {\"a\", 2}, {annals.null, 3}}, {\"t\", \"n\"})", to: "s.lua")
    let made = try await annals.run("run", script, "--data", town, "-o", folder.path("t.arrow"))
    #expect(made == AnnalsProcess.Result(status: 0, output: "", error: ""))
    let result = try await annals.run("convert", folder.path("t.arrow"), folder.path("t.csv"))
    #expect(result.status == 0)
    #expect(
      result.error == """
        note: events.t: 1 value without a form in csv, which read back as null or divided

        """)
  }
}
