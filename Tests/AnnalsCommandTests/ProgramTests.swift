import Testing

@Suite struct ProgramTests {
  let annals = AnnalsProcess()

  @Test(arguments: [["--help"], ["-h"], ["help"], []])
  func `help tells what the program is and lists its commands`(_ arguments: [String]) throws {
    let result = try annals.run(arguments)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("OVERVIEW: Event data, scripted in Lua."))
    #expect(result.output.contains("  run  "))
    #expect(result.output.contains("  inspect  "))
    #expect(result.error == "")
  }

  @Test func `help of a command is that of the command`() throws {
    let result = try annals.run("help", "inspect")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("OVERVIEW: Show what a dataset holds"))
    #expect(try annals.run("inspect", "--help").output == result.output)
  }

  @Test func `an unknown command is wrong usage`() throws {
    let result = try annals.run("inspekt")
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error.contains("inspekt"))
  }

  @Test func `the version goes to standard output`() throws {
    let result = try annals.run("--version")
    #expect(result.status == 0)
    #expect(result.output.split(separator: ".").count == 3)
  }
}
