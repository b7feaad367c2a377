import Foundation
import Testing

@Suite struct RunCommandTests {
  let annals = AnnalsProcess()
  let folder: TemporaryFolder
  static let fixtures = "Tests/AnnalsCommandTests/Fixtures/"
  let town = ["--data", fixtures + "town"]

  init() throws { folder = try TemporaryFolder() }

  func run(_ script: String, _ arguments: String...) async throws -> AnnalsProcess.Result {
    try await annals.run(["run", try folder.write(script, to: "test.lua")] + town + arguments)
  }

  @Test func `a script may nest calls as deep as Lua lets it`() async throws {
    let result = try await run(
      """
      local function deep(n)
        return (string.gsub("x", "x", function()
          table.sort({ 2, 1 }, function(a, b) return deep(n + 1) and a < b end)
        end))
      end
      print(pcall(deep, 1))
      local function count(n) return n == 0 and 0 or 1 + count(n - 1) end
      print(count(150000))
      """)
    #expect(result.status == 0)
    #expect(result.output == "false\tC stack overflow\n150000\n")
    #expect(result.error == "")
  }

  // MARK: Wrong usage

  @Test func `without a script the usage is wrong`() async throws {
    let result = try await annals.run("run")
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error == "annals: a script is needed\n  fix: annals run SCRIPT\n")
  }

  @Test(arguments: [
    ("nowhere/missing.lua", "name a Lua file"),
    ("Scripts/timelin.lua", "did you mean `Scripts/timeline.lua`?"),
    ("Scripts/timeline", "did you mean `Scripts/timeline.lua`?"),
    ("timeline.lua", "did you mean `Scripts/timeline.lua`?"),
    ("actor-pair", "did you mean `Scripts/actor-pairs.lua`?"),
  ])
  func `a script that is not there is named, with those of near names`(
    _ path: String, _ fix: String
  ) async throws {
    let result = try await annals.run("run", path)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error == "annals: there is no script `\(path)`\n  fix: \(fix)\n")
  }

  @Test func `an unknown option is refused with near names of the script's parameters`()
    async throws
  {
    let result = try await run("params { { 'measure' } }", "--mesure", "killed")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: unknown option `--mesure`
          fix: did you mean `--measure`?

        """)
  }

  @Test func `an unknown option is refused with near names of the program's options`() async throws
  {
    let result = try await run("return data.events", "--fromat", "csv")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: unknown option `--fromat`
          fix: did you mean `--format`?

        """)
  }

  @Test func `an argument that is no option is refused`() async throws {
    let result = try await run("return 1", "extra")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: unexpected argument `extra`
          fix: parameters of the script are written `--name value`

        """)
  }

  @Test func `an option that is given twice is refused`() async throws {
    let result = try await run("params { { 'a' } }", "--a", "1", "--a=2")
    #expect(result.status == 64)
    #expect(result.error == "annals: `--a` is given twice\n  fix: give it once\n")
  }

  @Test(arguments: ["0", "-1", "many", "1000"])
  func `a number of threads that makes no sense is refused`(_ count: String) async throws {
    let result = try await run("return 1", "--threads=" + count)
    #expect(result.status == 64)
  }

  @Test func `a format that is unknown is refused with those that are known`() async throws {
    let result = try await run("return data.events", "--format", "xml")
    #expect(result.status == 64)
    #expect(result.error.contains("xml"))
    #expect(result.error.contains("ndjson"))
    #expect(result.output == "")
  }

  // MARK: Help

  @Test func `a script's help tells title, text and parameters`() async throws {
    let script = """
      -- Marches by size
      --
      -- Counts marches.
      params {
        { "measure", choices = { "killed", "wounded" }, default = "killed", help = "which toll" },
        { "from", type = "day", required = true, help = "first day" },
        { "least", default = 2 },
      }
      error("help runs no further than params")
      """
    let path = try folder.write(script, to: "marches.lua")
    let result = try await annals.run(["run", path, "--help"] + town)
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(
      result.output == """
        Marches by size

        Counts marches.

        usage: annals run \(path) [--data DATASET] [PARAMETERS]

        parameters:
          --measure text   which toll; default killed; one of killed, wounded
          --from day       first day; needed
          --least integer  default 2

        `annals run --help` lists the program's own options.

        """)
  }

  @Test func `help without a script is that of the command`() async throws {
    let result = try await annals.run("run", "--help")
    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: annals run SCRIPT"))
    #expect(result.output.contains("--threads <number>"))
    #expect(result.error == "")
  }

  // MARK: The dataset

  @Test func `a dataset that is not there ends with status 2`() async throws {
    let script = try folder.write("return 1", to: "test.lua")
    let result = try await annals.run("run", script, "--data", "nowhere")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.hasPrefix("annals: there is no dataset `nowhere`\n  fix: "))
  }

  @Test(arguments: [
    ("kazakstan-2022", "kazakhstan-2022"), ("Datasets/kazakhstan-2021", "Datasets/kazakhstan-2022"),
    ("twon", "town"), (fixtures + "twon/", fixtures + "town"),
  ])
  func `a dataset that is not there is named, with those of near names`(
    _ name: String, _ near: String
  ) async throws {
    var annals = annals
    annals.environment["ANNALS_PATH"] = Self.fixtures
    let script = try folder.write("return 1", to: "test.lua")
    let result = try await annals.run("run", script, "--data", name)
    #expect(result.status == 2)
    #expect(
      result.error == "annals: there is no dataset `\(name)`\n  fix: did you mean `\(near)`?\n")
  }

  @Test func `bad data ends with status 2 and all problems of all files`() async throws {
    let script = try folder.write("return 1", to: "test.lua")
    let result = try await annals.run("run", script, "--data", Self.fixtures + "broken")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.error == """
        annals: 5 problems in the data of `broken`
          events.csv:3, column `date`: `2031-02-30` is no day
            fix: write it like `2022-01-05`
          events.csv:3, column `crowd`: `many` is no integer
            fix: write it like `12` or `-3`
          events.csv:4: the row has 2 fields, but there are 3 columns
            fix: add the missing fields; empty ones count
          events.csv:4, column `id`: the key `strike` stands on line 2 already
            fix: change or remove one of the two rows
          participations.csv:3, column `event`: no row of `events` has the key `marhc`
            fix: did you mean `march`?

        """)
  }

  @Test func `without a dataset that of the environment is opened, else the shipped one`()
    async throws
  {
    let script = try folder.write("return data.events:count():value()", to: "test.lua")
    #expect(try await annals.run("run", script).output == "26\n")
    var other = annals
    other.environment["ANNALS_DATA"] = Self.fixtures + "town"
    #expect(try await other.run("run", script).output == "3\n")
    #expect(try await other.run("run", script, "--data", "kazakhstan-2022").output == "26\n")
  }

  @Test func `datasets are looked up by name in the folders of ANNALS_PATH`() async throws {
    let script = try folder.write("return tostring(data)", to: "test.lua")
    var other = annals
    other.environment["ANNALS_PATH"] = "/nowhere:" + Self.fixtures
    #expect(try await other.run("run", script, "--data", "town").output == "town\n")
    #expect(try await annals.run("run", script, "--data", "town").status == 2)
  }

  @Test func `a single file is a dataset`() async throws {
    let script = try folder.write("return data.events:count():value()", to: "test.lua")
    let file = Self.fixtures + "town/events.csv"
    #expect(try await annals.run("run", script, "--data", file).output == "3\n")
  }

  // MARK: How scripts fail

  @Test func `a script that fails ends with status 1, its file and line`() async throws {
    let result = try await run("print('before')\nreturn data.events:where('crwd > 1')")
    #expect(result.status == 1)
    #expect(result.output == "before\n")
    #expect(
      result.error == """
        annals: unknown column `crwd`
          in:  crwd > 1
               ^^^^
          at:  test.lua:2
          fix: did you mean `crowd`?

        """)
  }

  @Test func `a script that asks for too much memory ends with status 5`() async throws {
    let result = try await run("local t = ('x'):rep(1 << 30)")
    #expect(result.status == 5)
    #expect(
      result.error
        == """
        annals: the script needs more than 1 GiB of memory
          at:  test.lua:1
          fix: allow more with `--limit-memory`

        """)
  }

  @Test func `a script that prints too much ends with status 5`() async throws {
    let result = try await run("local mb = ('x'):rep(1 << 20)\nfor i = 1, 100 do print(mb) end")
    #expect(result.status == 5)
    #expect(
      result.error == """
        annals: the script printed more than 64 MiB
          at:  test.lua:2
          fix: allow more with `--limit-output`

        """)
    #expect(result.output.utf8.count <= 64 << 20)
  }

  @Test func `an interrupt ends an endless script with status 130`() throws {
    let script = try folder.write("print('started')\nwhile true do end", to: "test.lua")
    let running = try annals.start(["run", script] + town)
    try awaitOutput("started\n", of: running)
    running.process.interrupt()
    let result = try running.endHoldingThread()
    #expect(result.status == 130)
    #expect(result.output == "started\n")
    #expect(result.error == "annals: interrupted\n")
  }

  @Test func `an interrupt leaves the file of the report as it was`() throws {
    try folder.write("old", to: "report.csv")
    let text = "print('started')\nwhile true do pcall(function() while true do end end) end"
    let script = try folder.write(text, to: "test.lua")
    let running = try annals.start(["run", script, "-o", folder.path("report.csv")] + town)
    // What is printed beside a report waits, and so is no sign to wait for.
    try awaitBlockedInterrupts(in: running)
    Thread.sleep(forTimeInterval: 0.2)
    running.process.interrupt()
    #expect(try running.endHoldingThread().status == 130)
    #expect(try folder.text("report.csv") == "old")
    #expect(try folder.names == ["report.csv", "test.lua"])
  }

  private func awaitOutput(_ text: String, of running: AnnalsProcess.Running) throws {
    for _ in 0..<1000 where try running.outputSoFar() != text {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Waits until the program takes interrupts itself, by which time it blocks the signal.
  private func awaitBlockedInterrupts(in running: AnnalsProcess.Running) throws {
    let file = URL(filePath: "/proc/\(running.process.processIdentifier)/status")
    for _ in 0..<1000 {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let mask = lines.first { $0.hasPrefix("SigBlk:") }?.split(separator: "\t").last
      if let mask, let bits = UInt64(mask, radix: 16), bits & 1 << UInt64(SIGINT - 1) != 0 {
        return
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  // MARK: The same bytes

  @Test func `threads, repetition, locale and time zone change no byte`() async throws {
    let script = """
      print(data.events:select("upper = upper(title)", "lower = lower(title)", "share", "date"))
      return data.events:group("month = month(date)"):aggregate("n = count()", "s = sum(share)")
      """
    let first = try await run(script, "--threads", "1")
    #expect(first.status == 0)
    #expect(first.output.contains("IĞDIR ILIK           iğdır ilik           "))
    #expect(first.output.contains("MARCH, WITH \"FLAGS\""))
    #expect(try await run(script, "--threads", "1") == first)
    #expect(try await run(script, "--threads", "2") == first)
    #expect(try await run(script) == first)
    var other = annals
    other.environment["LC_ALL"] = "tr_TR.UTF-8"
    other.environment["LANG"] = "tr_TR.UTF-8"
    other.environment["TZ"] = "Pacific/Apia"
    #expect(try await other.run(["run", folder.path("test.lua")] + town) == first)
    var threads = annals
    threads.environment["ANNALS_THREADS"] = "2"
    #expect(try await threads.run(["run", folder.path("test.lua")] + town) == first)
  }

  @Test func `a script and a dataset may lie in a path with spaces`() async throws {
    let spaced = folder.url.appending(path: "a folder with spaces")
    try FileManager.default.copyItem(
      at: AnnalsProcess.repository.appending(path: Self.fixtures + "town"), to: spaced)
    let script = try folder.write(
      "error('here')", to: "a folder with spaces/my report.lua")
    let result = try await annals.run("run", script, "--data", spaced.path)
    #expect(result.error == "annals: here\n  at:  my report.lua:1\n")
    try folder.write("return data.events:count():value()", to: "a folder with spaces/my report.lua")
    #expect(try await annals.run("run", script, "--data", spaced.path).output == "3\n")
  }
}

extension RunCommandTests {
  // MARK: Files of the script

  @Test func `a script reads and writes in the folders that are allowed`() async throws {
    _ = try folder.write("actor,weight\na,2\nb,3\n", to: "weights.csv")
    let path = folder.url.path
    let script = """
      local weights = annals.read('\(path)/weights.csv')
      weights:where('weight > 2'):save('\(path)/heavy.json')
      return weights:count()
      """
    let result = try await run(
      script, "--allow-read", path, "--allow-write=\(path)", "--format", "csv")
    #expect(result == AnnalsProcess.Result(status: 0, output: "n\n2\n", error: ""))
    let written = try String(
      contentsOf: folder.url.appending(path: "heavy.json"), encoding: .utf8)
    #expect(written == "[\n{\"actor\":\"b\",\"weight\":3}\n]\n")
  }

  @Test func `Arrow files are read and written in the folders that are allowed`() async throws {
    _ = try folder.write("actor,weight\na,2\nb,3\n", to: "weights.csv")
    let path = folder.url.path
    let script = """
      annals.read('\(path)/weights.csv'):save('\(path)/weights.arrow')
      local opened = annals.open('\(path)/weights.arrow').events:rename{other = "weight"}
      return annals.read('\(path)/weights.arrow'):join(opened, "actor")
      """
    let result = try await run(
      script, "--allow-read", path, "--allow-write", path, "--format", "csv")
    #expect(
      result
        == AnnalsProcess.Result(status: 0, output: "actor,weight,other\na,2,2\nb,3,3\n", error: ""))
    for call in ["annals.read", "annals.open"] {
      let refused = try await run("return \(call)('\(path)/weights.arrow')")
      #expect(refused.status == 3)
      #expect(refused.error.hasPrefix("annals: not permitted to read `"))
    }
    let refused = try await run("data.events:save('\(path)/events.arrow')")
    #expect(refused.status == 3)
    #expect(refused.error.hasPrefix("annals: not permitted to write `"))
  }

  @Test func `a script that reads a file without being allowed to is told how`() async throws {
    let result = try await run("return annals.read('Package.swift')")
    #expect(result.status == 3)
    #expect(result.output == "")
    #expect(
      result.error == """
        annals: not permitted to read `Package.swift`
          at:  test.lua:1
          fix: allow it with `--allow-read=FOLDER`, a folder that it lies in and no link leads out of

        """)
  }

  @Test func `a file with wrong rows is wrong data`() async throws {
    _ = try folder.write("a,b\n1\n", to: "broken.csv")
    let path = folder.url.path
    let result = try await run(
      "return annals.read('\(path)/broken.csv')", "--allow-read", path)
    #expect(result.status == 2)
    #expect(
      result.error == """
        annals: 1 problem in the data of `broken`
          \(path)/broken.csv:2: the row has 1 field, but there are 2 columns
            fix: add the missing fields; empty ones count
          at:  test.lua:1

        """)
  }

  @Test func `a folder to allow must be there`() async throws {
    let result = try await run("return 1", "--allow-read", "nowhere")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: there is no folder `nowhere` to allow
          fix: name a folder; all that lies in it is allowed

        """)
  }
}

extension RunCommandTests {
  // MARK: Timings

  @Test func `timings have a line for each plan that ran`() async throws {
    let script = """
      local n = data.events:count():value()
      pcall(function() return #data.events:where("error_here") end)
      return data.events:where("id ~= nil"):sort("id"):take(1)
      """
    let result = try await run(script, "--timings", folder.path("timings.json"))
    #expect(result.status == 0)
    let lines = try String(
      contentsOf: folder.url.appending(path: "timings.json"), encoding: .utf8
    ).split(separator: "\n")
    struct Line: Decodable, Equatable {
      var line: String?
      var wall_ms: Double
      var cpu_ms: Double
      var rows_in: Int
      var rows_out: Int
    }
    let read = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    #expect(read.map(\.line) == ["test.lua:1", "test.lua:3"])
    #expect(read.map(\.rows_out) == [1, 1])
    #expect(read.allSatisfy { $0.wall_ms >= 0 && $0.cpu_ms >= 0 && $0.rows_in > 0 })
  }

  @Test func `timings that can't be written end with an error`() async throws {
    let result = try await run("return 1", "--timings", folder.path("nowhere/timings.json"))
    #expect(result.status == 1)
    #expect(result.error.contains("nowhere"))
  }
}
