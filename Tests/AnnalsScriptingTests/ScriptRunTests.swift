import AnnalsEngine
import AnnalsEvents
import AnnalsScripting
import Testing

@Suite struct ScriptRunTests {
  func script(_ text: String) -> Script { Script(name: "test.lua", source: Array(text.utf8)) }

  func run() throws -> RecordedRun { RecordedRun(dataset: try Dataset.open(Fixture.harbour)) }

  /// The error of a script, with the sort of error before it.
  func failure(_ text: String, _ run: RecordedRun) -> String {
    var run = run
    do throws(ScriptError) {
      _ = try run.report(script(text))
      return "nothing was thrown"
    } catch {
      switch error {
      case .failed: return "failed: " + error.description
      case .limit: return "limit: " + error.description
      case .parameter: return "parameter: " + error.description
      case .interrupted: return "interrupted"
      }
    }
  }

  // MARK: Limits

  let memoryFix = "allow more with `--limit-memory`"

  @Test func `a script that asks for more memory than it may have is ended`() throws {
    var run = try run()
    run.limits.heapByteCount = 4 << 20
    let text = "local t = {}\nwhile true do t[#t + 1] = ('x'):rep(10000) .. #t end"
    #expect(
      failure(text, run)
        == "limit: the script needs more than 4 MiB of memory\n  at:  test.lua:2\n  fix: \(memoryFix)"
    )
  }

  @Test func `a run that has not even memory for its libraries holds on to nothing`() throws {
    weak var catalog: Catalog?
    var endings: Set<String> = []
    do {
      var run = try run()
      catalog = run.dataset.catalog
      for size in stride(from: 0, through: 512, by: 4) {
        run.limits.heapByteCount = size << 10
        endings.insert(String(failure("return 1", run).prefix(while: { $0 != ":" })))
      }
    }
    #expect(endings == ["limit", "nothing was thrown"])
    #expect(catalog == nil)
  }

  @Test func `a text of 100 MB in a loop is ended by the limit of memory`() throws {
    var run = try run()
    run.limits.heapByteCount = 256 << 20
    let text = "local t = {}\nfor i = 1, 100 do t[i] = ('x'):rep(100000000) end"
    #expect(
      failure(text, run)
        == "limit: the script needs more than 256 MiB of memory\n  at:  test.lua:2\n  fix: \(memoryFix)"
    )
  }

  @Test func `a script that runs too long is ended, and can't catch that`() throws {
    var run = try run()
    run.limits.timeout = .milliseconds(50)
    let text = "pcall(function() while true do end end)\nprint('still here')"
    #expect(
      failure(text, run) == """
        limit: the script ran longer than 0.05 seconds
          at:  test.lua:1
          fix: allow more with `--limit-time`
        """)
  }

  @Test func `a script that prints too much is ended`() throws {
    var run = try run()
    run.limits.outputByteCount = 100
    let text = "for i = 1, 100 do\n  print('twenty bytes of text')\nend"
    #expect(
      failure(text, run) == """
        limit: the script printed more than 100 bytes
          at:  test.lua:2
          fix: allow more with `--limit-output`
        """)
  }

  @Test func `a plan that needs more memory than it may have is ended`() throws {
    var run = try run()
    run.limits.totalByteCount = 500
    let text = "local t = 1\nreturn data.events:group('id'):aggregate('n = count()')"
    let message = failure(text, run)
    #expect(message.hasPrefix("limit: out of memory: "))
    #expect(message.contains("limit of 500 bytes for plans and datasets"))
    #expect(message.contains("at:  test.lua:2"))
  }

  @Test func `a run that was told to stop before it begins does not begin`() throws {
    var run = try run()
    run.interrupt.interrupt()
    #expect(failure("print('here')", run) == "interrupted")
    _ = try? run.report(script("print('here')"))
    #expect(run.printed == "")
  }

  @Test func `a long list of formulas is derived in parts`() throws {
    let text = """
      local formulas = {}
      for i = 1, 700 do formulas[i] = "c" .. i .. " = " .. (i > 1 and "c" .. i - 1 .. " + 1" or "a") end
      return annals.table({{5}}, {"a"}):derive(table.unpack(formulas)):select("c700"):value()
      """
    var run = try run()
    #expect(try run.report(script(text)).text == "704\n")
  }

  // MARK: Output

  @Test func `what a failing script printed before is kept`() throws {
    var run = try run()
    #expect(throws: ScriptError.self) { try run.report(script("print('first')\nerror('second')")) }
    #expect(run.printed == "first\n")
  }

  @Test func `a first line for the shell is passed over, and lines keep their numbers`() throws {
    let text = "#!/usr/bin/env annals\nerror('here')"
    #expect(failure(text, try run()) == "failed: here\n  at:  test.lua:2")
  }

  @Test func `a key may be written where a dataset lacks the table of such keys`() throws {
    var run = RecordedRun(dataset: try Dataset.open(Fixture.harbour + "/ships.csv"))
    let text = "return #data.participations:where(\"actor == 'a-police'\")"
    #expect(try run.report(script(text)).text == "0\n")
  }

  // MARK: What a script says of itself

  @Test func `the comment at the top gives title and help`() {
    let script = script("-- Title\n--\n-- First line,\n--   indented.\n\n-- Not help.\nreturn 1")
    #expect(script.title == "Title")
    #expect(script.help == "First line,\nindented.")
    #expect(self.script("return 1").title == nil)
    #expect(self.script("return 1").help == "")
  }

  @Test func `declarations are read by a run that stops at them`() throws {
    let text = """
      local p = params {
        { "measure", choices = "figures.measure", help = "which toll" },
        { "from", type = "day", required = true },
        { "least", default = 2 },
      }
      error("never reached")
      """
    let dataset = try Dataset.open(Fixture.harbour)
    let declarations = try ScriptRun(dataset: dataset).declarations(script(text))
    #expect(declarations.map(\.name) == ["measure", "from", "least"])
    #expect(declarations.map(\.type) == [.text, .day, .integer])
    #expect(declarations.map(\.isRequired) == [false, true, false])
    #expect(declarations[0].choices == ["damaged", "detained", "killed", "wounded"])
    #expect(declarations[0].help == "which toll")
    #expect(declarations[2].defaultValue == .integer(2))
  }

  @Test func `a script without parameters declares none`() throws {
    let dataset = try Dataset.open(Fixture.harbour)
    #expect(try ScriptRun(dataset: dataset).declarations(script("return 1")).isEmpty)
  }

  @Test func `a parameter can't bear the name of an option of the program`() throws {
    var run = ScriptRun(dataset: try Dataset.open(Fixture.harbour))
    run.reservedNames = ["format"]
    let error = #expect(throws: ScriptError.self) {
      _ = try run.report(script("params { { 'format' } }")) { _ in }
    }
    #expect(
      error?.description == """
        a parameter can't be called `format`, which is an option of the program
          at:  test.lua:1
          fix: choose another name
        """)
  }
}
