import Foundation
import Testing

/// `annals bundle check`.
@Suite struct BundleCheckCommandTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    self.annals = annals
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "b"), withIntermediateDirectories: false)
  }

  /// Checks a bundle with one script.
  private func check(
    _ script: String, _ members: String = "", _ files: [String: String] = [:]
  ) async throws -> AnnalsProcess.Result {
    let manifest = """
      {
        "format": 1, "id": "b-1", "version": "1.0.0", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0", "scripts": {"main": "main.lua"}
        \(members.isEmpty ? "" : "," + members)
      }
      """
    try folder.write(manifest, to: "b/bundle.json")
    try folder.write("-- A title\n" + script, to: "b/main.lua")
    for (name, text) in files { try folder.write(text, to: "b/" + name) }
    return try await annals.run("bundle", "check", "b")
  }

  private static let figures = "\"needs\": {\"figures\": {\"value\": \"figure\"}}"

  @Test func `in a new bundle nothing is wrong, also when it is packed`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    let result = try await annals.run("bundle", "check", "town-tolls")
    #expect(result == AnnalsProcess.Result(status: 0, output: "nothing is wrong\n", error: ""))
    _ = try await annals.run("bundle", "pack", "town-tolls")
    #expect(try await annals.run("bundle", "check", "town-tolls-0.1.0.annals") == result)
  }

  @Test func `a file that is no Lua is named with its line, also one that no script requires`()
    async throws
  {
    let result = try await check("return 1", "", ["other.lua": "local a =\n\nreturn"])
    #expect(result.status == 2)
    #expect(result.output == "problem  other.lua:3: unexpected symbol near 'return'\n")
    #expect(result.error == "annals: 1 problem\n")
  }

  @Test func `a global that nobody sets is named with near names`() async throws {
    let result = try await check("print(1)\nif false then prnt(yonder) end", Self.figures)
    let output = """
      problem  main.lua:3: nobody sets the global `prnt`
        fix: did you mean `print`?
      problem  main.lua:3: nobody sets the global `yonder`

      """
    #expect(
      result == AnnalsProcess.Result(status: 2, output: output, error: "annals: 2 problems\n"))
  }

  /// Scopes of each construct of the language: every name that is read here is set.
  @Test func `names of one's own are no globals`() async throws {
    let script = """
      local a <const>, b = 1
      local function f(c, ...) return f, c, ... end
      function shared(d) return d end
      function shared2.x.y:m(e) return self, e end
      shared2 = shared2 or { a = b, ["b"] = a; a, f = f }
      for i = 1, 3 do local g = i; b = g end
      for k, v in pairs(shared2) do b = { k, v } end
      while b do local h = 1; b = h and nil end
      repeat local r = 1 until r > 0
      if b then local s = 1; b = s elseif a then b = a else b = nil end
      do goto done end
      ::done::
      shared2.z, other = function(t) return t end, "x":rep(2)
      return other, #b, -a, not a, a // 2 .. "x", a << 1 ~ 2, shared "x", shared { a }
      """
      .replacing("\"x\":rep(2)", with: "(\"x\"):rep(2)")
    let result = try await check("if true then return 1 end\n" + script)
    #expect(result == AnnalsProcess.Result(status: 0, output: "nothing is wrong\n", error: ""))
  }

  @Test func `a name is read where its scope has ended`() async throws {
    let result = try await check(
      """
      if true then return 1 end
      do local a = 1 end
      for b = 1, 2 do end
      local function f(c) end
      print(a, b, c)
      local d = d
      """)
    #expect(
      result.output.matches(of: /global `(.)`/).map { $0.output.1 } == ["a", "b", "c", "d"])
  }

  @Test func `a global that another file sets is known`() async throws {
    let result = try await check(
      "require 'lib'\nreturn shared", "", ["lib.lua": "shared = 1\nfunction other() end"])
    #expect(result.output == "nothing is wrong\n")
  }

  @Test func `a formula with a column that the manifest does not need is named with its line`()
    async throws
  {
    let result = try await check(
      "local t = data.figures\n  :where(\"measure == 'killed'\")\nreturn t", Self.figures)
    #expect(result.status == 2)
    #expect(result.output.hasPrefix("problem  main.lua:3: unknown column `measure`\n"))
  }

  @Test func `columns of needed types, paths and claims pass`() async throws {
    let script = """
      local t = data.figures:where("value.low > 0 and date >= '1999-01-01' and event.crowd + 1 > 0")
        :resolve("highest"):group("event.place.name"):aggregate("n = sum(value)")
      assert(data:has("figures"))
      assert(data.events:first().days[1] == nil or true)
      return t, data.events:select("open", "at", "share * 2", "tags")
      """
      .replacing("assert(data.events:first().days[1] == nil or true)\n", with: "")
      .replacing("\"share * 2\"", with: "\"twice = share * 2\"")
    let needs = """
      "needs": {
        "figures": {
          "event": "reference", "measure": "text", "unit": "text", "value": "figure",
          "population": "text", "quantity": "text", "disjoint": "text", "accumulation": "text",
          "date": "day"
        },
        "events": {
          "place": "reference", "parent": "reference", "crowd": "integer", "open": "boolean",
          "at": "time", "share": "number", "tags": "list", "whatever": "any"
        },
        "places": {"name": "text"}
      }
      """
    #expect(try await check(script, needs).output == "nothing is wrong\n")
  }

  @Test func `a script that fails on made-up values is no mistake, but told`() async throws {
    let result = try await check(
      "print(data.figures:first().value.low.x.y)\nreturn data.figures:where('no > 1')", Self.figures
    )
    #expect(result.status == 0)
    #expect(
      result.output.hasPrefix(
        "note     main.lua:2: from here on it could not be checked on tables of one row: "))
    #expect(result.output.hasSuffix("nothing is wrong\n"))
  }

  @Test func `a table that is used and not needed is told`() async throws {
    let result = try await check("return data.sources")
    #expect(
      result.output == """
        note     main.lua:2: the manifest does not need the table `sources`; its formulas are not checked
        nothing is wrong

        """)
  }

  @Test func `what is used must be asked for`() async throws {
    let result = try await check(
      """
      if true then return 1 end
      annals.read("a.csv")
      data.events:save("b.csv")
      print(os.getenv("HOME"), os.getenv "HOME")
      """, Self.figures)
    let problems = result.output.split(separator: "\n").filter { $0.hasPrefix("problem") }
    #expect(
      problems == [
        "problem  main.lua:3: `annals.read` needs the permission `read`, and the manifest does not ask for it",
        "problem  main.lua:4: `save` needs the permission `write`, and the manifest does not ask for it",
        "problem  main.lua:5: the manifest does not ask to read the variable `HOME`",
      ])
  }

  @Test func `what is asked for and not used is told`() async throws {
    let result = try await check(
      "return 1",
      "\"permissions\": {\"read\": \"r\", \"write\": \"w\", \"environment\": {\"A\": \"e\"}}")
    #expect(result.status == 0)
    #expect(
      result.output == """
        note     bundle.json: it asks for the permission `read`, and no script uses it
        note     bundle.json: it asks for the permission `write`, and no script uses it
        note     bundle.json: it asks to read the variable `A`, and no script does
        nothing is wrong

        """)
  }

  @Test func `a script and its parameters must say what they are`() async throws {
    let result = try await check(
      "local p = params {{\"a\", type = \"day\", required = true}, {\"b\", default = 1, help = \"x\"}}"
    )
    #expect(
      result.output == """
        problem  main.lua: the parameter `a` has no help
          fix: add `help = "…"` to it in `params`

        """)
    try folder.write("return 1", to: "b/main.lua")
    let bare = try await annals.run("bundle", "check", "b")
    #expect(
      bare.output == """
        problem  main.lua: its first lines do not say what it does
          fix: begin it with a comment: `-- Tolls by month`

        """)
  }

  @Test func `a chain of conditions may be as long as its file`() async throws {
    let chain = String(repeating: "elseif a then ", count: 5000)
    let result = try await check("local a\nif a then \(chain) else b = c end")
    #expect(result.output == "problem  main.lua:3: nobody sets the global `c`\n")
  }

  @Test func `nothing that a script prints or does is seen`() async throws {
    let result = try await check("print('no')\nreturn 'no'")
    #expect(result == AnnalsProcess.Result(status: 0, output: "nothing is wrong\n", error: ""))
  }
}
