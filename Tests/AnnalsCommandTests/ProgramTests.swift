import Testing

@Suite struct ProgramTests {
  let annals = AnnalsProcess()

  @Test(arguments: [["--help"], ["-h"], []])
  func `help tells what the program is and lists its commands`(_ arguments: [String]) async throws {
    let result = try await annals.run(arguments)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("OVERVIEW: Event data, scripted in Lua."))
    #expect(result.output.contains("  run  "))
    #expect(result.output.contains("  inspect  "))
    #expect(result.error == "")
  }

  @Test func `help of a command is that of the command`() async throws {
    let result = try await annals.run("help", "inspect")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("OVERVIEW: Show what a dataset holds"))
    #expect(try await annals.run("inspect", "--help").output == result.output)
  }

  @Test(arguments: [
    ("inspekt", "there is no command `inspekt`", "did you mean `inspect`?"),
    ("weather", "there is no command `weather`", "`annals --help` lists the commands"),
    ("a/b.lua", "`a/b.lua` is no command", "to run a script: `annals run a/b.lua`"),
  ])
  func `an unknown command is wrong usage`(
    _ name: String, _ message: String, _ fix: String
  ) async throws {
    let result = try await annals.run(name)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error == "annals: \(message)\n  fix: \(fix)\n")
  }

  @Test func `the version goes to standard output`() async throws {
    let result = try await annals.run("--version")
    #expect(result.status == 0)
    #expect(result.output.split(separator: ".").count == 3)
  }
}
