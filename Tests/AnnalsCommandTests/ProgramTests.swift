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

  @Test func `an unknown command is wrong usage`() async throws {
    let result = try await annals.run("inspekt")
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error.contains("inspekt"))
  }

  @Test func `the version goes to standard output`() async throws {
    let result = try await annals.run("--version")
    #expect(result.status == 0)
    #expect(result.output.split(separator: ".").count == 3)
  }
}
