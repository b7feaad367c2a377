import Foundation
import Testing

@Suite struct ConsoleCommandTests {
  static let town = AnnalsProcess.repository.path + "/Tests/AnnalsCommandTests/Fixtures/town"
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A session in a folder of its own.
  func session(_ input: String, _ arguments: String...) async throws -> AnnalsProcess.Result {
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.input = input
    return try await annals.run(["console", "--data", Self.town] + arguments)
  }

  @Test func `a session without a failing line ends with status 0`() async throws {
    let result = try await session("1 + 1\n")
    #expect(result == AnnalsProcess.Result(status: 0, output: "2\n", error: ""))
  }

  @Test func `a failing line is said on standard error, and the rest runs`() async throws {
    let result = try await session("error('no')\n1 + 1\n")
    #expect(
      result
        == AnnalsProcess.Result(
          status: 1, output: "2\n", error: "error: no\n  at:  input 1:1\n"))
  }

  @Test func `nothing to read is a session too`() async throws {
    let result = try await session("")
    #expect(result == AnnalsProcess.Result(status: 0, output: "", error: ""))
  }

  @Test func `a session goes on after a line that passed the limit of memory`() async throws {
    let result = try await session(
      """
      kept = 1
      t = {}
      for i = 1, 1e9 do t[i] = ("x"):rep(1000) .. i end
      t = nil
      #("x"):rep(10000000) + kept

      """, "--limit-memory", "50MiB")
    #expect(result.output == "10000001\n")
    #expect(
      result.error == """
        error: the script needs more than 50 MiB of memory
          at:  input 3:1
          fix: allow more with `--limit-memory`

        """)
  }

  @Test func `a table is saved in the current folder, and nowhere else`() async throws {
    let result = try await session(
      """
      data.events:select("id", "crowd")
      .save crowds.csv
      .save events.csv data.events:take(0)
      .save ../crowds.csv

      """)
    #expect(try folder.text("crowds.csv") == "id,crowd\ne1,120\ne2,\ne3,7\n")
    #expect(try folder.text("events.csv") == "id,date,title,crowd,share\n")
    #expect(try folder.names == ["crowds.csv", "events.csv"])
    #expect(
      result.error == """
        wrote crowds.csv
        wrote events.csv
        error: the console may not write `../crowds.csv`
          fix: stay in the current folder, or start it with `--allow-write=FOLDER`

        """)
  }

  @Test func `Lua itself may write nowhere, not even in the current folder`() async throws {
    let result = try await session("data.events:save('here.csv')\n")
    #expect(result.status == 1)
    #expect(
      result.error == """
        error: not permitted to write `here.csv`
          at:  input 1:1
          fix: allow it with `--allow-write=FOLDER`, a folder that it lies in and no link leads out of

        """)
  }

  @Test func `a script runs first, with its parameters, and leaves its globals`() async throws {
    try folder.write(
      """
      -- first.lua
      local p = params { { "least", type = "integer", default = 1, help = "how many" } }
      crowds = data.events:where("crowd >= $least", p)
      return crowds:select("id")
      """, to: "first.lua")
    let result = try await session(
      "#crowds\n.params\n", "first.lua", "--least", "100")
    #expect(result.error == "")
    #expect(
      result.output == """
        id
        text
        ────
        e1
        1 row, 1 column
        1
        least  integer  100  how many

        """)
  }

  @Test func `a script that fails leaves the session`() async throws {
    try folder.write("set = 1\nerror('half way')", to: "half.lua")
    let result = try await session("set\n", "half.lua")
    #expect(result.output == "1\n")
    #expect(result.error == "error: half way\n  at:  half.lua:2\n")
    #expect(result.status == 1)
  }

  @Test func `a script leaves its variables, which can be read and set`() async throws {
    try folder.write(
      """
      local crowds = data.events:where("crowd ~= nil")
      local least = 100
      return crowds:take(least)
      """, to: "locals.lua")
    let result = try await session(
      "#crowds\nleast = least + 1\nleast\n_G.least\n.locals\n", "locals.lua", "--threads", "1")
    #expect(result.error == "")
    #expect(
      result.output.hasSuffix(
        """
        2 rows, 5 columns
        2
        101
        nil
        crowds  table of data
        least   integer        101

        """))
  }

  @Test func `there are no variables unless a script has left some`() async throws {
    let result = try await session("local a = 1\n.locals\n")
    #expect(result.error == "no script has left variables\n")
  }

  @Test func `another dataset takes the place of data, and old tables stay`() async throws {
    try folder.write("name,n\na,1\nb,2\n", to: "small.csv")
    let result = try await session(
      "old = data.events\n.open small.csv\n#data.events\n#old\nold:first().title\n")
    #expect(result.output == "2\n3\nMarch, with \"flags\"\n")
    #expect(result.error == "`data` is small\n")
  }

  @Test func `a loop from a pipe ends at an interrupt, and the next line runs`() async throws {
    var annals = AnnalsProcess()
    annals.input = "print('begun') while true do end\nprint('after')\n"
    let running = try annals.start(["console", "--data", Self.town])
    while try !running.outputSoFar().contains("begun") { usleep(1_000) }
    running.process.interrupt()
    let result = try running.endHoldingThread()
    #expect(result.output == "begun\nafter\n")
    #expect(result.error == "interrupted\n")
    #expect(result.status == 1)
  }

  @Test func `calls that begin a line belong to the line before`() async throws {
    let result = try await session(
      """
      t = data.events
        :where("crowd ~= nil")
        :select("id")
      data.events
        :take(1)
        :select("id", "crowd")
      #t
      """)
    #expect(
      result.output == """
        id      crowd
        text  integer
        ────  ───────
        e1        120
        1 row, 2 columns
        2

        """)
    #expect(result.error == "")
  }

  @Test func `an interrupt while lines are waited for leaves nothing of a recording`() async throws
  {
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.input = ".record rec.lua\nprint('begun')\n"
    annals.holdsInput = true
    let running = try annals.start(["console", "--data", Self.town])
    while try !running.outputSoFar().contains("begun") { usleep(1_000) }
    while running.process.isRunning {
      // The first may come while the line still runs.
      running.process.interrupt()
      usleep(10_000)
    }
    let result = try running.endHoldingThread()
    #expect(result.status == 130)
    #expect(result.error.hasSuffix("annals: interrupted\n"))
    #expect(try folder.names == [])
  }

  @Test func `the time of answers is told when asked for`() async throws {
    let result = try await session(".timer on\n1 + 1\n")
    #expect(result.output == "2\n")
    #expect(result.error.wholeMatch(of: /[0-9]+ ms\n/) != nil)
  }

  @Test func `a recorded session gives a script that returns what was answered`() async throws {
    let result = try await session(
      """
      before = data.events:where("crowd ~= nil")
      .record rec.lua
      local least = 100
      .mode csv
      before:select("id", "crowd") -- a remark
      bad(
      )
      _:where("crowd > 100")
      {1}
      #_
      if #before == 2 then return "two" end
      .save elsewhere.csv before
      .record end

      """)
    #expect(
      result.error == """
        recording; `.record end` writes rec.lua
        error: attempt to call a nil value (global 'bad')
          at:  input 4:1
        wrote elsewhere.csv
        wrote rec.lua
        no script can do it, so left out: .save elsewhere.csv before

        """)
    var annals = AnnalsProcess()
    annals.folder = folder.url
    let run = try await annals.run("run", "rec.lua", "--data", Self.town)
    #expect(run.error == "")
    #expect(
      run.output == """
        id  crowd
        ──  ─────
        e1    120
        e3      7

        id  crowd
        ──  ─────
        e1    120

        1

        two

        """)
  }

  @Test func `a recording is written when the console is left, and not before`() async throws {
    _ = try await session("1 + 1\n.record rec.lua\n2 + 2\n.quit\n")
    #expect(try folder.text("rec.lua").contains("answer(1 + 1)\nanswer(2 + 2)\n"))
    let other = try await session(".record rec.lua\n.record other.lua\n.record end\n.record end\n")
    #expect(
      other.error == """
        recording; `.record end` writes rec.lua
        error: a recording is under way
          fix: end it with `.record end`
        wrote rec.lua
        error: no recording is under way
          fix: begin one with `.record FILE`

        """)
    #expect(try folder.names == ["rec.lua"])
  }
}
