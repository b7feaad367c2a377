import Foundation
import Testing

/// `annals run` with a bundle.
@Suite struct RunBundleTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    self.annals = annals
  }

  /// Makes a bundle `b` of a manifest with more members and a few scripts.
  private func bundle(_ members: String = "", _ files: [String: String]) throws {
    let manifest = """
      {
        "format": 1, "id": "b-1", "version": "1.0.0", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0",
        "scripts": {"main": "main.lua"\(files["s/other.lua"] == nil ? "" : ", \"other\": \"s/other.lua\"")}
        \(members.isEmpty ? "" : "," + members)
      }
      """
    for part in ["b", "b/lib", "b/s", "b/s/lib"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: part), withIntermediateDirectories: true)
    }
    try folder.write(manifest, to: "b/bundle.json")
    for (path, text) in files { try folder.write(text, to: "b/" + path) }
  }

  @Test func `modules are those of the bundle, beside the script and in lib`() async throws {
    try folder.write("return 'beside the program'", to: "outside.lua")
    try bundle(
      "",
      [
        "main.lua": "print(require('one'), require('two'), pcall(require, 'outside'))",
        "one.lua": "return 1", "lib/two.lua": "return 2",
        "s/other.lua": "print(require('three'), require('two'), pcall(require, 'one'))",
        "s/lib/three.lua": "return 3",
      ])
    let main = try await annals.run("run", "b")
    #expect(
      main.output
        == "1\t2\tfalse\tthe bundle has no module `outside`\n  at:  main.lua:1\n"
        + "  fix: put `outside.lua` beside the script that is run, or in `lib`\n")
    let other = try await annals.run("run", "b", "--script", "other")
    #expect(other.output.hasPrefix("3\t2\tfalse\tthe bundle has no module `one`\n"))
  }

  @Test func `an error names the script within the bundle, wherever that is`() async throws {
    try bundle("", ["main.lua": "require 'one'", "lib/one.lua": "\nerror('no')"])
    let result = try await annals.run("run", folder.path("b"))
    #expect(result.status == 1)
    #expect(result.error.contains("lib/one.lua:2"))
    #expect(!result.error.contains(folder.url.path))
  }

  @Test func `an unknown script of a bundle is answered with near names`() async throws {
    try bundle("", ["main.lua": "return 1"])
    let result = try await annals.run("run", "b", "--script", "mian")
    #expect(result.status == 64)
    #expect(
      result.error == "annals: the bundle has no script `mian`\n  fix: did you mean `main`?\n")
  }

  @Test func `a script by itself has no scripts to choose from`() async throws {
    try folder.write("return 1", to: "main.lua")
    let result = try await annals.run("run", "main.lua", "--script", "main")
    #expect(result.status == 64)
    #expect(result.error.hasPrefix("annals: `--script` chooses one of a bundle's scripts"))
  }

  @Test func `what a bundle asks for and nobody grants stops it before it starts`() async throws {
    try bundle(
      "\"permissions\": {\"read\": \"the census\", \"environment\": {\"YEAR\": \"its year\"}}",
      ["main.lua": "print(os.getenv('YEAR'))"])
    let nothing = try await annals.run("run", "b")
    #expect(nothing.status == 3)
    #expect(nothing.output == "")
    #expect(
      nothing.error == """
        annals: the bundle asks to read files: the census
          fix: grant it with `--allow-read=FOLDER`, if you want to

        """)
    let half = try await annals.run("run", "b", "--allow-read=b")
    #expect(half.status == 3)
    #expect(half.error.hasPrefix("annals: the bundle asks to read the variable `YEAR`: its year"))
    var annals = annals
    annals.environment["YEAR"] = "2022"
    let all = try await annals.run("run", "b", "--allow-read=b", "--allow-env=YEAR")
    #expect(all.output == "2022\n")
  }

  @Test func `what a bundle does not ask for can't be granted`() async throws {
    try bundle("", ["main.lua": "return 1"])
    for option in ["--allow-read=b", "--allow-write=b", "--allow-env=HOME", "--trusted"] {
      let result = try await annals.run("run", "b", option)
      #expect(result.status == 64, "\(option)")
      #expect(result.output == "")
    }
    let result = try await annals.run("run", "b", "--allow-write=b")
    #expect(
      result.error == "annals: the bundle does not ask for `--allow-write`\n  fix: leave it out\n")
  }

  @Test func `a dataset that lacks what is needed stops the run and is told all of it`()
    async throws
  {
    try bundle(
      """
      "needs": {
        "figures": {},
        "events": {"id": "text", "crowd": "number", "title": "day", "where": "text", "date": "any"}
      }
      """, ["main.lua": "print('ran')"])
    let town = AnnalsProcess.repository.path + "/Tests/AnnalsCommandTests/Fixtures/town/events.csv"
    let result = try await annals.run("run", "b", "--data", town)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.error == """
        annals: the dataset `events` lacks what the bundle needs
          - the table `figures`
          - the column `title` of `events` as day, which it has as text
          - the column `where` of `events` (text)
          fix: name another dataset with `--data`; `annals inspect` shows what one has

        """)
  }

  @Test func `limits of the manifest hold, and those beyond the usual must be granted`()
    async throws
  {
    try bundle("\"limits\": {\"memory_mib\": 8}", ["main.lua": "return #string.rep('x', 1 << 24)"])
    #expect(try await annals.run("run", "b").status == 5)
    #expect(try await annals.run("run", "b", "--limit-memory=256MiB").output == "16777216\n")
    try bundle("\"limits\": {\"seconds\": 300}", ["main.lua": "return 1"])
    let result = try await annals.run("run", "b")
    #expect(result.status == 3)
    #expect(
      result.error == """
        annals: the bundle asks for 300 s
          fix: grant it with `--limit-time=300s`, if you want to

        """)
    #expect(try await annals.run("run", "b", "--limit-time=300s").status == 0)
  }

  @Test func `a bundle for another version of the program is refused`() async throws {
    try bundle("", ["main.lua": "return 1"])
    let manifest = try folder.text("b/bundle.json")
    try folder.write(manifest.replacing(">=0.1.0", with: ">=99.0.0"), to: "b/bundle.json")
    let result = try await annals.run("run", "b")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("annals: the bundle is for Annals >=99.0.0, and this is "))
  }

  @Test func `a script is not run up to its parameters with what it did not ask for`()
    async throws
  {
    try bundle("", ["main.lua": "print(io) params {}"])
    for option in ["--allow-read=b", "--trusted"] {
      let result = try await annals.run("run", "b", "--help", option)
      #expect(result.status == 64, "\(option)")
      #expect(result.output == "")
    }
  }

  @Test func `the help of a bundle's script needs no grant`() async throws {
    try bundle(
      "\"permissions\": {\"write\": \"a map\"}, \"limits\": {\"seconds\": 300}",
      ["main.lua": "-- Towns\nlocal p = params {{\"year\", default = 2022}}"])
    let result = try await annals.run("run", "b", "--help")
    #expect(result.status == 0)
    #expect(
      result.output == """
        Towns

        usage: annals run b [--data DATASET] [PARAMETERS]

        parameters:
          --year integer  default 2022

        `annals run --help` lists the program's own options.

        """)
  }
}
