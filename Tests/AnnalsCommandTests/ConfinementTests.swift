import Foundation
import Testing

@Suite struct ConfinementTests {
  var annals = AnnalsProcess()
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    annals.environment["ANNALS_DATA"] = "Tests/AnnalsCommandTests/Fixtures/town"
  }

  func run(_ script: String, _ arguments: String...) async throws -> AnnalsProcess.Result {
    try await annals.run(["run", try folder.write(script, to: "test.lua")] + arguments)
  }

  // MARK: The clock and chance

  @Test func `a script is told the time of the run and draws from its seed`() async throws {
    let script = "print(os.date(), os.time(), os.clock(), math.random(1000), math.random(1000))"
    let plain = try await run(script)
    #expect(plain.output.hasPrefix("2022-01-01 00:00:00\t1640995200\t0.0\t"))
    #expect(try await run(script, "--seed=1", "--now=2022-01-01") == plain)
    let other = try await run(script, "--seed=-2", "--now", "1969-12-31 23:59:58.5Z")
    #expect(other.output.hasPrefix("1969-12-31 23:59:58\t-2\t0.0\t"))
    #expect(try await run(script, "--seed=-2", "--now", "1969-12-31T23:59:58Z") == other)
    func drawn(_ result: AnnalsProcess.Result) -> [Substring] {
      Array(result.output.split(separator: "\t").suffix(2))
    }
    #expect(drawn(other) != drawn(plain))
  }

  @Test(arguments: [
    ("--now=yesterday", "`--now` can't be `yesterday`"),
    ("--now=2023-02-29", "`--now` can't be `2023-02-29`"),
    ("--seed=1.5", "`--seed` can't be `1.5`"),
    ("--seed=9223372036854775808", "`--seed` can't be `9223372036854775808`"),
  ])
  func `a time or seed that is none is refused`(option: String, message: String) async throws {
    let result = try await run("print(1)", option)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.error.contains(message))
  }

  @Test(arguments: ["--now=2024-05-01", "--seed=2"])
  func `a trusted script has a clock and chance of its own`(option: String) async throws {
    let result = try await run("print(1)", "--trusted", option)
    #expect(result.status == 64)
    #expect(result.error.contains("does not hold for a script with `--trusted`"))
  }

  // MARK: Limits

  @Test func `the time limit ends an endless script with status 5 and its line`() async throws {
    let result = try await run("\nwhile true do end", "--limit-time", "1s")
    #expect(result.status == 5)
    #expect(
      result.error == """
        annals: the script ran longer than 1.0 seconds
          at:  test.lua:2
          fix: allow more with `--limit-time`

        """)
  }

  @Test func `a loop that the interpreter does not leave is ended all the same`() async throws {
    let script = """
      local t = setmetatable({}, {})
      getmetatable(t).__call = t
      table.unpack({}, 1, 900000)  -- the stack need not grow any more
      t()
      """
    let result = try await run(
      script, "--limit-time=200ms", "-o", folder.path("report.csv"))
    #expect(result.status == 5)
    // The line is known only if the interpreter noticed by itself.
    #expect(result.error.hasPrefix("annals: the script ran longer than 0.2 seconds\n"))
    #expect(try folder.names == ["test.lua"])
  }

  @Test func `the memory limit names itself`() async throws {
    let result = try await run("return ('x'):rep(1 << 30)", "--limit-memory=16MiB")
    #expect(result.status == 5)
    #expect(
      result.error == """
        annals: the script needs more than 16 MiB of memory
          at:  test.lua:1
          fix: allow more with `--limit-memory`

        """)
  }

  @Test func `the output limit holds for what is printed and for texts that are returned`()
    async throws
  {
    for script in ["print(('x'):rep(2000))", "return ('x'):rep(2000)"] {
      let result = try await run(script, "--limit-output=1KiB")
      #expect(result.status == 5)
      #expect(result.output == "")
      #expect(result.error.contains("the script printed more than 1 KiB"))
    }
    let result = try await run("print(('x'):rep(2000))", "--limit-output=none")
    #expect(result.status == 0)
  }

  @Test func `the output limit holds for tables as they are written, with what is printed`()
    async throws
  {
    // The print takes 4 bytes, the head 6, the line below it 16 and each row 6.
    let script = "print('123') return annals.table({{12345}, {23456}, {34567}}, {'n'})"
    let result = try await run(script, "--limit-output=44B")
    #expect(result.status == 0)
    #expect(result.output == "123\n    n\n─────\n12345\n23456\n34567\n")
    let refused = try await run(script, "--limit-output=43B")
    #expect(refused.status == 5)
    #expect(
      refused.error == """
        annals: what the script returned takes, with what it printed, more than 43 bytes of output
          fix: return less, or allow more with `--limit-output`

        """)
  }

  @Test(arguments: [
    "--limit-time=soon", "--limit-time=0s", "--limit-time=1d", "--limit-memory=none",
    "--limit-memory=5", "--limit-memory=99999999999GiB", "--limit-output=-1KiB",
  ])
  func `a limit that makes no sense is refused`(option: String) async throws {
    let result = try await run("return 1", option)
    #expect(result.status == 64)
    #expect(result.error.contains("can't be"))
  }

  @Test(arguments: ["16777216B", "16384k", "16384KiB", "16m", "16M", "16MB", "16MiB"])
  func `a size may be written in many ways`(size: String) async throws {
    let result = try await run("return ('x'):rep(1 << 24)", "--limit-memory=\(size)")
    #expect(result.status == 5)
    #expect(result.error.contains("needs more than 16 MiB"))
  }

  @Test(arguments: ["1", "1s", "1000ms"])
  func `a number alone is a time in seconds`(time: String) async throws {
    let result = try await run("while true do end", "--limit-time=\(time)")
    #expect(result.status == 5)
    #expect(result.error.contains("ran longer than 1.0 seconds"))
  }

  // MARK: Permissions

  @Test func `a variable of the environment must be allowed`() async throws {
    let refused = try await run("return os.getenv('HOME')")
    #expect(refused.status == 3)
    #expect(
      refused.error == """
        annals: not permitted to read the environment variable `HOME`
          at:  test.lua:1
          fix: allow it with `--allow-env=HOME`

        """)
    let allowed = try await run("return os.getenv('HOME')", "--allow-env=HOME")
    #expect(allowed.output == "/nonexistent\n")
    let missing = try await run("return os.getenv('NO_SUCH') == nil", "--allow-env=NO_SUCH")
    #expect(missing.output == "true\n")
  }

  @Test func `modules stand beside the script, in lib there, and run once`() async throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "lib/deep"), withIntermediateDirectories: true)
    try folder.write("print('near', ...) return {name = 'near'}", to: "near.lua")
    try folder.write("return {name = 'far'}", to: "lib/far.lua")
    try folder.write("loaded = true", to: "lib/deep/init.lua")
    let script = """
      print(require("near").name, require("near") == require("near"), require("far").name)
      print(require("deep"), loaded, require("string") == string)
      """
    let result = try await run(script)
    #expect(result.error == "")
    #expect(result.output == "near\tnear\tnear.lua\nnear\ttrue\tfar\ntrue\ttrue\ttrue\n")
  }

  @Test func `an error in a module names its file and line`() async throws {
    try folder.write("\nerror('broken')", to: "near.lua")
    let result = try await run("require('near')")
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("annals: broken\n  at:  near.lua:2\n"))
  }

  @Test func `modules that require one another are refused`() async throws {
    try folder.write("require('b')", to: "a.lua")
    try folder.write("require('a')", to: "b.lua")
    let result = try await run("require('a')")
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("annals: the module `a` requires itself\n"))
  }

  @Test func `a link beside the script leads to no module elsewhere`() async throws {
    let elsewhere = try TemporaryFolder()
    try elsewhere.write("return 'secret'", to: "secret.lua")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("near.lua"), withDestinationPath: elsewhere.path("secret.lua"))
    let result = try await run("return require('near')")
    #expect(result.status == 3)
    #expect(result.output == "")
  }

  // MARK: Scripts of one's own

  @Test func `a trusted script has all of Lua`() async throws {
    let script = """
      local file = assert(io.open(\(folder.path("made").debugDescription), "w"))
      file:write("by hand") file:close()
      assert(debug and load(string.dump(function() return 1 end))() == 1 and os.execute("true"))
      io.write("a ") print("b") io.write("c\\n")
      collectgarbage()
      """
    let result = try await run(script, "--trusted")
    #expect(result.error == "")
    #expect(result.output == "a b\nc\n")
    #expect(try folder.text("made") == "by hand")
  }

  @Test func `a trusted script finds modules in LUA_PATH and beside itself`() async throws {
    let elsewhere = try TemporaryFolder()
    try elsewhere.write("return 'far'", to: "far.lua")
    try folder.write("return 'near'", to: "near.lua")
    var annals = annals
    annals.environment["LUA_PATH"] = elsewhere.path("?.lua")
    let script = try folder.write("print(require('near'), (require('far')))", to: "test.lua")
    let result = try await annals.run(["run", script, "--trusted"])
    #expect(result.output == "near\tfar\n")
  }

  /// Debian's `lua-penlight` is plain Lua, its `lua-lpeg` a library in C.
  @Test func `a trusted script uses modules that the system has`() async throws {
    let script = """
      local List, pretty, lpeg = require("pl.List"), require("pl.pretty"), require("lpeg")
      print(require("pl.stringx").title("casualties by day"), List{3, 1, 2}:sort())
      print(pretty.write({1, {a = 2}}, ""))
      local number = lpeg.C(lpeg.R("09") ^ 1) / tonumber
      print(table.unpack(lpeg.match(lpeg.Ct((number + 1) ^ 0), "26, or more than 1000")))
      """
    let result = try await run(script, "--trusted")
    #expect(result.error == "")
    #expect(result.output == "Casualties By Day\t{1,2,3}\n{1,{a=2}}\n26\t1000\n")
    #expect(try await run(script).status == 1)
  }

  @Test func `a trusted script ends at its deadline`() async throws {
    let result = try await run("while true do pcall(error) end", "--trusted", "--limit-time=200ms")
    #expect(result.status == 5)
  }

  // MARK: The same output each time

  @Test func `pairs and addresses are the same in each run`() async throws {
    let script = """
      local t = {}
      for w in ("one two three four five six seven eight nine ten"):gmatch("%a+") do t[w] = {} end
      for k, v in pairs(t) do print(k, v) end
      """
    let first = try await run(script)
    #expect(first.output.contains("table: 0x00000001\n"))
    for _ in 0..<3 { #expect(try await run(script) == first) }
  }
}
