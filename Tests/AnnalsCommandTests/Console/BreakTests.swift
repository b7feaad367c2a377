import Foundation
import Testing

/// `annals run --break`: what fails is said as ever, and then lines are read where it failed.
@Suite struct BreakTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(
    _ script: String, typing input: String, _ arguments: String...
  ) async throws -> AnnalsProcess.Result {
    try folder.write(script, to: "test.lua")
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.input = input
    let town = ConsoleCommandTests.town
    return try await annals.run(["run", "test.lua", "--break", "--data", town] + arguments)
  }

  static let failing = """
    local rate = 2
    local function weight(row)
      local label = row.title
      return row.crowd * rate
    end
    print("begun")
    for row in data.events:rows() do weight(row) end
    """

  @Test func `lines from a pipe run where the script failed, and the status is the failure's`()
    async throws
  {
    let result = try await run(
      Self.failing,
      typing: "label\nrow.id .. ' has no crowd'\nrate = 3\nrate * 2\nbad()\nnote = 1\n_G.note\n")
    #expect(
      result
        == AnnalsProcess.Result(
          status: 1,
          output: "begun\nSit-in | noon\ne2 has no crowd\n6\n1\n",
          error: """
            annals: attempt to perform arithmetic on a nil value (field 'crowd')
              at:  test.lua:4
              by:  test.lua:7
            error: attempt to call a nil value (global 'bad')
              at:  input 5:1

            """))
  }

  @Test func `without lines to read it ends as ever`() async throws {
    let result = try await run(Self.failing, typing: "")
    #expect(result.status == 1)
    #expect(result.output == "begun\n")
  }

  @Test func `a script that does not fail opens nothing`() async throws {
    let result = try await run("return data.events:count()", typing: "1 + 1\n", "--format", "csv")
    #expect(result == AnnalsProcess.Result(status: 0, output: "n\n3\n", error: ""))
  }

  @Test func `a table that fails when it is computed shows the script's variables`() async throws {
    let result = try await run(
      "local wanted = 'e1'\nlocal t = data.events:derive('n = integer(title)')\nreturn t",
      typing: ".locals\n")
    #expect(result.status == 1)
    #expect(result.output == "wanted  text           e1\nt       table of data\n")
  }

  @Test func `a function in a plan shows its own variables`() async throws {
    let result = try await run(
      "return data.events:where(function(e) local c = e.crowd return c > 10 end)",
      typing: "c\ne.id\n")
    #expect(result.output == "nil\ne2\n")
    #expect(result.status == 1)
  }

  @Test func `a limit, wrong parameters and what is no Lua end the run at once`() async throws {
    let late = try await run("while true do end", typing: "'typed'\n", "--limit-time", "100ms")
    #expect(late.status == 5)
    let wrong = try await run(
      "params { {'n', type = 'integer'} }", typing: "'typed'\n", "--n", "x")
    #expect(wrong.status == 64)
    let text = try await run("return return", typing: "'typed'\n")
    #expect(text.status == 1)
    #expect(late.output + wrong.output + text.output == "")
  }

  @Test func `time is not limited any more where it failed`() async throws {
    let result = try await run(
      "local n = 0 error('no')",
      typing: "for i = 1, 2e7 do n = i end\nn == 2e7\n", "--limit-time", "100ms")
    #expect(result.output == "true\n")
    #expect(result.status == 1)
  }

  @Test func `the walls stay as they are, also for commands`() async throws {
    try folder.write("1 + 1", to: "beside.lua")
    let result = try await run(
      "error('no')",
      typing: """
        .save events.csv data.events
        io
        debug
        annals.read('../secret.csv')
        data.events:save('events.csv')

        """)
    #expect(result.output == "nil\nnil\n")
    #expect(try folder.names == ["beside.lua", "test.lua"])
    #expect(
      result.error.hasPrefix(
        """
        annals: no
          at:  test.lua:1
        error: the console may not write `events.csv`
          fix: start it with `--allow-write=FOLDER`

        """))
  }

  @Test func `a file that was begun is not left behind`() async throws {
    let result = try await run("error('no')", typing: "1\n", "-o", "out.csv")
    #expect(result.output == "1\n")
    #expect(try folder.names == ["test.lua"])
  }
}
