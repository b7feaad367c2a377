import AnnalsBundles
import Testing

/// Manifests that break one rule each, in an archive that is right otherwise.
@Suite struct HostileManifestTests {
  struct Hostile: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    /// What is wrong, and the line and column.
    let problem: String
    let place: String

    /// - Parameter old: What `new` stands for in the packed manifest of ``SmallBundle``.
    init(_ old: String, _ new: String, _ problem: String, at place: String) {
      self.old = old
      self.new = new
      self.problem = problem
      self.place = place
    }

    var testDescription: String { problem }
  }

  @Test(arguments: syntax + members + files)
  func `a malformed manifest is refused with the line and column`(_ hostile: Hostile) throws {
    let bytes = SmallBundle.zip(replacing: hostile.old, with: hostile.new)
    let message = try #require(SmallBundle.refusal(of: bytes))
    let start = "\(hostile.problem)\n  at:  `b.annals`, `bundle.json:\(hostile.place)`\n  fix: "
    #expect(message.hasPrefix(start), "\(message)")
  }

  private static func test(_ test: String, _ problem: String, at place: String) -> Hostile {
    Hostile("\"files\"", "\"tests\": {\(test)}, \"files\"", problem, at: place)
  }

  @Test func `each of the manifests is refused for a reason of its own`() {
    let all = Self.syntax + Self.members + Self.files
    #expect(Set(all.map(\.problem)).count == all.count)
  }

  @Test func `a manifest that is written otherwise than packing writes it is refused`() throws {
    let bytes = SmallBundle.zip(replacing: "\"format\": 1,", with: "\"format\":1,")
    let message = try #require(SmallBundle.refusal(of: bytes))
    #expect(
      message == """
        the packed manifest is not written as packing writes it
          at:  `b.annals`, `bundle.json`
          fix: make the file with `annals bundle pack`
        """)
  }

  @Test func `a packed manifest that lists no files is refused`() throws {
    var files = SmallBundle.files
    files[0].text = SmallBundle.source
    let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
    #expect(message.hasPrefix("the packed manifest lists no files\n"))
  }

  @Test func `a manifest beyond a mebibyte is refused before it is read`() throws {
    var files = SmallBundle.files
    files[0].text = String(repeating: " ", count: 1 << 20) + SmallBundle.packed
    let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
    #expect(message.contains("`b.annals`, `bundle.json`"))
    #expect(
      message.hasPrefix("a file has more bytes than it may have: 134217728, and the manifest"))
  }

  static let syntax = [
    Hostile("\"format\": 1,", "format: 1,", "`f` stands where a name is needed", at: "2:3"),
    Hostile(
      "\"id\": \"small\",", "\"format\": 1,", "the name `format` occurs twice in an object",
      at: "3:3"),
    Hostile(
      "\"id\"", "\"x\": \(String(repeating: "[", count: 200)), \"id\"",
      "values are nested more than 128 deep", at: "3:135"),
    Hostile(
      "\"id\"", "\"x\": [9007199254740993], \"id\"",
      "a number lies beyond 2^53, where programs disagree on numbers", at: "3:9"),
    Hostile(
      "\"id\"", "\"x\": 1e999, \"id\"", "the number `1e999` is too large", at: "3:8"),
    Hostile(
      "A small bundle", "\\ud800", "`\\ud800` is half of a surrogate pair, and no character",
      at: "5:13"),
    Hostile("A small", "A\tsmall", "a text holds the control character 9 as it is", at: "5:14"),
    Hostile("\"format\": 1,", "", "the manifest lacks `format`", at: "1:1"),
  ]

  static let members = [
    Hostile(
      "\"format\": 1", "\"format\": 2",
      "the bundle is of format 2, and this program reads format 1",
      at: "2:13"),
    Hostile("\"format\": 1", "\"format\": 1.5", "`format` must be a whole number", at: "2:13"),
    Hostile(
      "\"format\": 1", "\"format\": \"1\"", "`format` must be a whole number, not a text",
      at: "2:13"),
    Hostile("\"licence\"", "\"license\"", "manifests have no `license` here", at: "9:3"),
    Hostile("\"id\": \"small\",", "", "the manifest lacks `id`", at: "1:1"),
    Hostile("\"small\"", "\"Small\"", "`Small` can be no bundle's id", at: "3:9"),
    Hostile("\"small\"", "\"../small\"", "`../small` can be no bundle's id", at: "3:9"),
    Hostile("\"small\"", "null", "`id` must be a text, not null", at: "3:9"),
    Hostile("\"1.0.0\"", "\"1.0\"", "`1.0` is no version", at: "4:14"),
    Hostile("\"1.0.0\"", "\"01.0.0\"", "`01.0.0` is no version", at: "4:14"),
    Hostile("\">=0.1.0\"", "\"^0.1\"", "`^0.1` is no range of versions", at: "10:13"),
    Hostile("\"A small bundle\"", "\" \"", "`title` is empty", at: "5:12"),
    Hostile(
      "\"A small bundle\"", "\"\(String(repeating: "a", count: 201))\"",
      "`title` is longer than 200 characters", at: "5:12"),
    Hostile(
      "A small", "A\\u001b[2Jsmall", "`title` holds a control character", at: "5:12"),
    Hostile(
      "The Archive", "The \\u202e Archive", "`authors` holds a control character", at: "7:5"),
    Hostile("\"The Archive\"", "", "`authors` names nobody", at: "6:14"),
    Hostile("\"The Archive\"", "7", "`authors` must be a text, not a number", at: "7:5"),
    Hostile("\"main\": \"report.lua\"", "", "`scripts` names no script", at: "11:14"),
    Hostile("\"main\"", "\"Main\"", "`Main` can be no script's name", at: "12:5"),
    Hostile(
      "\"main\": \"report.lua\"", "\"main\": \"../report.lua\"",
      "`../report.lua` can be no file of a bundle: a path leads out of the bundle by `..`",
      at: "12:13"),
    Hostile(
      "\"files\"", "\"needs\": {\"events\": {\"date\": \"dya\"}}, \"files\"",
      "`dya` is no type of columns", at: "14:32"),
    Hostile(
      "\"files\"", "\"needs\": [], \"files\"", "`needs` must be an object, not an array",
      at: "14:12"),
    Hostile(
      "\"files\"", "\"permissions\": {\"network\": \"to call home\"}, \"files\"",
      "manifests have no `network` here", at: "14:19"),
    Hostile(
      "\"files\"", "\"permissions\": {\"read\": true}, \"files\"",
      "`read` must be a text, not a boolean", at: "14:27"),
    Hostile(
      "\"files\"", "\"permissions\": {\"environment\": {\"A=B\": \"why\"}}, \"files\"",
      "`A=B` can be no variable of the environment", at: "14:35"),
    Hostile(
      "\"files\"", "\"limits\": {\"seconds\": 0}, \"files\"",
      "`seconds` must lie between 1 and 86400", at: "14:25"),
    Hostile(
      "\"files\"", "\"uses\": {\"Other\": \">=1.0.0\"}, \"files\"",
      "`Other` can be no bundle's id", at: "14:12"),
    Hostile(
      "\"files\"", "\"uses\": {\"other\": \"1.0.0\"}, \"files\"",
      "`1.0.0` is no range of versions", at: "14:21"),
    test("\"A\": {}", "`A` can be no test's name", at: "14:13"),
    test("\"a\": {\"goldens\": [\"a.txt\"]}", "the manifest lacks `data`", at: "14:18"),
    test("\"a\": {\"data\": \"d\"}", "the manifest lacks `goldens`", at: "14:18"),
    test("\"a\": {\"data\": \"d\", \"goldens\": []}", "`goldens` names no file", at: "14:43"),
    test(
      "\"a\": {\"data\": \"d\", \"goldens\": [\"a.html\"]}",
      "the ending of `a.html` tells no format", at: "14:44"),
    test(
      "\"a\": {\"data\": \"d\", \"goldens\": [\"a.txt\", \"A.txt\"]}",
      "`A.txt` is a golden of two tests, or twice of one", at: "14:13"),
    test(
      "\"a\": {\"script\": \"mian\", \"data\": \"d\", \"goldens\": [\"a.txt\"]}",
      "the bundle has no script `mian`", at: "14:29"),
    test(
      "\"a\": {\"data\": {\"name\": \"a/b\"}, \"goldens\": [\"a.txt\"]}",
      "`a/b` can be no dataset's name", at: "14:36"),
    test(
      "\"a\": {\"data\": {\"name\": \"d\", \"sha256\": \"0\"}, \"goldens\": [\"a.txt\"]}",
      "`0` is no SHA-256", at: "14:51"),
    test(
      "\"a\": {\"digits\": 16, \"data\": \"d\", \"goldens\": [\"a.txt\"]}",
      "`digits` must lie between 1 and 15", at: "14:29"),
    test(
      "\"a\": {\"parameters\": {\"n\": 1}, \"data\": \"d\", \"goldens\": [\"a.txt\"]}",
      "`n` must be a text, not a number", at: "14:39"),
  ]

  static let files = [
    Hostile(
      "\"bytes\": 9", "\"bytes\": -9", "`bytes` must lie between 0 and 134217728", at: "20:16"),
    Hostile(
      "0805bfdc", "0805BFDC",
      "`0805BFDC02e872ed322a4a4e440ae985f3a4335f4dd59f3d373dfaf2a68a…` is no SHA-256", at: "21:17"),
    Hostile("\"sha256\": \"0805", "\"sha1\": \"0805", "manifests have no `sha1` here", at: "21:7"),
    Hostile(
      "\"lib/one.lua\": {", "\"bundle.json\": {",
      "`files` lists `bundle.json`, which can't hold its own hash", at: "15:5"),
    Hostile(
      "\"lib/one.lua\": {", "\"s/one.lua\": {",
      "`files` is not in the order of the paths' bytes at `report.lua`", at: "19:5"),
    Hostile(
      "\"lib/one.lua\": {", "\"/lib/one.lua\": {",
      "`/lib/one.lua` can be no file of a bundle: a path begins at the root of the file system",
      at: "15:5"),
  ]
}
