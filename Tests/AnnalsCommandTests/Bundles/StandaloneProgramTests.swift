import Crypto
import Foundation
import Testing

/// Programs that `annals bundle pack --executable` makes. The program of the tests needs shared libraries,
/// and says so.
@Suite struct StandaloneProgramTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["XDG_DATA_HOME"] = folder.path("home")
    self.annals = annals
    try folder.write("id,killed\na,3\nb,4\n", to: "rows.csv")
  }

  /// Makes a bundle `b` and the program `tolls` of it.
  private func pack(
    _ members: String = "", _ files: [String: String], scripts: String = "", options: [String] = []
  ) async throws {
    let manifest = """
      {
        "format": 1, "id": "bb", "version": "1.2.0", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0", "scripts": {"main": "main.lua"\(scripts)}
        \(members)
      }
      """
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "b"), withIntermediateDirectories: true)
    try folder.write(manifest, to: "b/bundle.json")
    for (path, text) in files { try folder.write(text, to: "b/" + path) }
    let result = try await annals.run(
      ["bundle", "pack", "b", "--executable", "--needs-libraries", "-o", "tolls"] + options)
    try #require(result.error == "")
    #expect(result.output.hasPrefix("tolls  "))
  }

  private static let sum = """
    -- Killed in all
    -- Adds up a column.
    local p = params { { "least", default = 0, help = "only rows of so many" } }
    return data.events:where("killed >= $least", p):aggregate("killed = sum(killed)")
    """

  private func tolls(_ arguments: String...) async throws -> AnnalsProcess.Result {
    var annals = annals
    annals.program = folder.url.appending(path: "tolls")
    return try await annals.run(arguments)
  }

  private func change(_ body: (inout Data) -> Void) async throws {
    let url = folder.url.appending(path: "changed")
    var data = try Data(contentsOf: folder.url.appending(path: "tolls"))
    body(&data)
    try data.write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    // Copied by another process: a file can't be run while one that was started meanwhile from this process
    // still has it open for writing.
    var copy = annals
    copy.program = URL(filePath: "/bin/cp")
    try #require(try await copy.run("--remove-destination", "changed", "tolls").status == 0)
  }

  @Test func `a program that needs shared libraries is made only if that is said`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let result = try await annals.run("bundle", "pack", "b", "--executable", "-o", "other")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: this annals needs shared libraries, which other machines may lack
          fix: make it with an annals that is one file, as the README tells, or say \
        `--needs-libraries` if they are there

        """)
    #expect(!(try folder.names.contains("other")))
  }

  @Test func `it runs the report on the dataset that is its first argument`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let result = try await tolls("rows.csv", "--format", "csv")
    #expect(result.error == "")
    #expect(result.output == "killed\n7\n")
    let least = try await tolls("rows.csv", "--least", "4", "--format", "csv")
    #expect(least.output == "killed\n4\n")
    let named = try await tolls("--data", "rows.csv", "--format", "csv")
    #expect(named.output == "killed\n7\n")
  }

  @Test func `it needs a dataset, and takes one`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let none = try await tolls()
    #expect(none.status == 64)
    #expect(none.error == "annals: a dataset is needed\n  fix: tolls DATASET\n")
    let two = try await tolls("rows.csv", "--data", "rows.csv")
    #expect(two.status == 64)
    #expect(
      two.error
        == "annals: the dataset is given twice, as `rows.csv` and by `--data`\n  fix: give it once\n"
    )
    let wrong = try await tolls("./raws.csv")
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("did you mean `./rows.csv`?"))
  }

  @Test func `its help is that of the report, with its own options`() async throws {
    try await pack(
      "",
      [
        "main.lua": Self.sum + "\n",
        "days.lua": "-- By day\nparams { { 'place', choices = 'events.place' } }",
      ],
      scripts: ", \"by-day\": \"days.lua\"")
    let help = try await tolls("--help")
    #expect(help.status == 0)
    #expect(
      help.output.hasPrefix(
        """
        Killed in all

        Adds up a column.

        usage: tolls DATASET [PARAMETERS]

        parameters:
          --least integer  only rows of so many; default 0

        scripts:
          --script main    Killed in all
          --script by-day  By day

        options:
          --script <name>
        """))
    #expect(help.output.contains("--limit-time <time>"))
    #expect(
      help.output.hasSuffix(
        """

        tolls carries bb-1.2.0.annals, and all of annals:
          tolls --annals inspect DATASET
          tolls --annals bundle inspect tolls

        """))
    let other = try await tolls("--script", "by-day", "--help")
    #expect(other.output.contains("usage: tolls DATASET --script by-day [PARAMETERS]\n"))
    #expect(other.output.contains("  --place text  one of those in the dataset\n"))
  }

  @Test func `with --annals it is all of annals`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let inspected = try await tolls("--annals", "bundle", "inspect", "tolls")
    #expect(inspected.output.hasPrefix("bb 1.2.0: T\n"))
    #expect(try await tolls("--annals", "--version").output == "0.1.0\n")
  }

  @Test func `a program that carries a bundle packs itself without it`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let again = try await tolls(
      "--annals", "bundle", "pack", "b", "--executable", "--needs-libraries", "-o", "again")
    #expect(again.error == "")
    let url = folder.url
    #expect(
      try Data(contentsOf: url.appending(path: "tolls"))
        == Data(contentsOf: url.appending(path: "again")))
  }

  @Test func `the bundle is granted what it asks for by the same options`() async throws {
    try await pack(
      ", \"permissions\": {\"environment\": {\"YEAR\": \"its year\"}}",
      ["main.lua": "print(os.getenv('YEAR'))"])
    let refused = try await tolls("rows.csv")
    #expect(refused.status == 3)
    #expect(refused.error.contains("fix: grant it with `--allow-env=YEAR`, if you want to"))
    #expect(try await tolls("rows.csv", "--allow-env", "YEAR").output == "nil\n")
    let trusted = try await tolls("rows.csv", "--trusted")
    #expect(trusted.status == 64)
  }

  @Test func `bundles that the bundle uses come with it`() async throws {
    let common = """
      {
        "format": 1, "id": "common", "version": "1.0.0", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0", "scripts": {"main": "main.lua"}
      }
      """
    for part in ["b", "common", "shelf"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: part), withIntermediateDirectories: true)
    }
    try folder.write(common, to: "common/bundle.json")
    try folder.write("return 'words'", to: "common/words.lua")
    try folder.write("return 1", to: "common/main.lua")
    _ = try await annals.run("bundle", "pack", "common", "-o", "shelf/common-1.0.0.annals")
    let uses = ", \"uses\": {\"common\": \"=1.0.0\"}"
    let manifest = """
      {
        "format": 1, "id": "bb", "version": "1.2.0", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0", "scripts": {"main": "main.lua"}\(uses)
      }
      """
    try folder.write(manifest, to: "b/bundle.json")
    try folder.write("print(require 'common.words')", to: "b/main.lua")
    _ = try await annals.run("bundle", "lock", "b", "--bundles", "shelf")
    let alone = try await annals.run(
      "bundle", "pack", "b", "--executable", "--needs-libraries", "-o", "tolls")
    #expect(alone.status == 2)
    #expect(alone.error.hasPrefix("annals: the bundle uses `common` 1.0.0, which is not here\n"))
    let packed = try await annals.run(
      "bundle", "pack", "b", "--executable", "--needs-libraries", "-o", "tolls", "--bundles",
      "shelf")
    #expect(packed.error == "")
    try FileManager.default.removeItem(at: folder.url.appending(path: "shelf"))
    #expect(try await tolls("rows.csv").output == "words\n")
    #expect(try await annals.run("run", "tolls", "--data", "rows.csv").output == "words\n")
    let installed = try await annals.run("bundle", "install", "tolls")
    #expect(
      installed.output == "annals run bb  (version 1.2.0)\nannals run common  (version 1.0.0)\n")
    #expect(try await annals.run("run", "bb", "--data", "rows.csv").output == "words\n")
  }

  @Test func `only the bundle of a program can be signed, into a file of its own`() async throws {
    try await pack("", ["main.lua": Self.sum])
    _ = try await annals.run("bundle", "key", "k", "--name", "A")
    let refused = try await annals.run("bundle", "sign", "tolls", "--key", "k")
    #expect(refused.status == 64)
    #expect(refused.error.hasPrefix("annals: a program can't be signed"))
    let signed = try await annals.run("bundle", "sign", "tolls", "--key", "k", "-o", "b.annals")
    #expect(signed.error == "")
    let packed = try await annals.run(
      "bundle", "pack", "b.annals", "--executable", "--needs-libraries", "-o", "tolls")
    #expect(packed.error == "")
    #expect(try await annals.run("bundle", "inspect", "tolls").output.contains("signature  by "))
  }

  @Test func `a program is not named as bundles are`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let result = try await annals.run(
      "bundle", "pack", "b", "--executable", "--needs-libraries", "-o", "b.annals")
    #expect(result.status == 64)
    #expect(result.error.contains("ends as bundles do, and is to be a program"))
  }

  // MARK: Changed programs

  /// Where the trailer begins: two numbers of eight bytes, a hash of 32, and sixteen letters.
  private static let trailerByteCount = 64

  /// Runs the changed program, and asks for the bundle in it.
  private func expectRefusal(_ message: String) async throws {
    for result in [
      try await tolls("rows.csv"), try await annals.run("bundle", "inspect", "tolls"),
    ] {
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(result.error.hasPrefix("annals: \(message)\n  at:  `tolls`\n  fix: "))
    }
  }

  @Test func `a program that is cut or has something behind it does not run`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let message = "the program carries no bundle at its end, or is cut"
    try await change { $0.removeLast(1) }
    try await expectRefusal(message)
    try await change { $0.append(contentsOf: Array("1\n".utf8)) }
    try await expectRefusal(message)
  }

  @Test func `a changed byte in what a program carries is found`() async throws {
    try await pack("", ["main.lua": Self.sum])
    try await change { $0[$0.count - Self.trailerByteCount - 30] ^= 1 }
    try await expectRefusal(
      "the bundles that the program carries are not those that were packed (SHA-256)")
  }

  @Test(arguments: [
    (0, UInt64(1)), (0, 1 << 63), (0, .max), (8, 0), (8, 1 << 63), (8, UInt64(Int64.max)),
  ])
  func `lengths that are not those of the file lead nowhere`(
    offset: Int, value: UInt64
  ) async throws {
    try await pack("", ["main.lua": Self.sum])
    try await change { data in
      let start = data.count - Self.trailerByteCount + offset
      for byte in 0..<8 { data[start + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }
    let result = try await tolls("rows.csv")
    #expect(result.status == 2)
    #expect(
      result.error.hasPrefix("annals: the lengths at the program's end are not those")
        || result.error.hasPrefix("annals: the program carries no bundle at its end, or is cut"))
  }

  @Test func `what a program carries is checked as any bundle`() async throws {
    try await pack("", ["main.lua": Self.sum])
    // A trailer that fits, behind a length that does not.
    try await change { data in
      let end = data.count - Self.trailerByteCount
      let program = data[end..<end + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      data[program + 2] ^= 1
      let hash = SHA256.hash(data: data[program..<end])
      data.replaceSubrange(end + 16..<end + 48, with: Array(hash))
    }
    try await expectRefusal("the lengths at the program's end are not those of what it carries")
    try await change { data in
      let end = data.count - Self.trailerByteCount
      let program = data[end..<end + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      data[program + 2] ^= 1
      data[program + 8] = 0
      let hash = SHA256.hash(data: data[program..<end])
      data.replaceSubrange(end + 16..<end + 48, with: Array(hash))
    }
    try await expectRefusal("something stands before the first entry of the archive")
  }

  @Test func `a program by itself carries no bundle`() async throws {
    let program = try AnnalsProcess.program().path
    let result = try await annals.run("bundle", "inspect", program)
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("annals: the program carries no bundle at its end, or is cut\n"))
  }

  @Test func `everybody may run the program whom the umask lets`() async throws {
    try await pack("", ["main.lua": Self.sum])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("tolls"))
    let mode = try #require(attributes[.posixPermissions] as? Int)
    #expect(mode & 0o100 == 0o100)
    #expect(mode & 0o022 == 0 || mode & 0o011 != 0)
  }
}
