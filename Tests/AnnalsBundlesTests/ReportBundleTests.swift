import AnnalsBundles
import Foundation
import Testing

@Suite struct ReportBundleTests {
  /// The folder of ``SmallBundle``.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SmallBundle.source, to: "bundle.json")
    try folder.write(SmallBundle.report, to: "report.lua")
    try folder.write(SmallBundle.module, to: "lib/one.lua")
    return folder
  }

  private func refusal(of folder: TemporaryFolder) -> String? {
    do throws(BundlesError) {
      _ = try ReportBundle.open(folder.url.path)
      return nil
    } catch {
      return error.description.replacing(folder.url.path, with: "FOLDER")
    }
  }

  @Test func `packing a folder gives the archive of the specification`() throws {
    let bundle = try ReportBundle.open(folder: try folder())
    #expect(try bundle.packed() == ZipMaker(SmallBundle.files).bytes)
    #expect(bundle.packedName == "small-1.0.0.annals")
    #expect(!bundle.isPacked)
  }

  @Test func `two folders with the same files in another order give the same bytes`() throws {
    let other = try TemporaryFolder()
    try other.write(SmallBundle.module, to: "lib/one.lua")
    try other.write(SmallBundle.report, to: "report.lua")
    try other.write(SmallBundle.source.replacing("  ", with: "\t"), to: "bundle.json")
    let bytes = try ReportBundle.open(folder: try folder()).packed()
    #expect(try ReportBundle.open(other.url.path + "/").packed() == bytes)
  }

  @Test func `a packed bundle reads as the folder that it was packed from`() throws {
    let source = try ReportBundle.open(folder: try folder())
    let packed = try ReportBundle(archive: try source.packed(), name: "small.annals")
    #expect(packed.isPacked)
    #expect(packed.manifest == source.manifest)
    #expect(packed.files == source.files)
    #expect(packed.hash == source.hash)
    #expect(try packed.packed() == source.packed())
  }

  @Test func `the hash of a bundle is that of its packed manifest`() throws {
    // printf '%s' "$packed" | sha256sum
    let bundle = try ReportBundle.open(folder: try folder())
    #expect(
      bundle.hash.text == "2981cf8167b24ced1c17877f975281e00d9c2571045278e261687ec610da6942")
  }

  @Test func `Python, unzip and libarchive read a packed bundle`() throws {
    let bundle = try ReportBundle.open(folder: try folder())
    let target = try TemporaryFolder()
    let path = target.path("small.annals")
    try Data(try bundle.packed()).write(to: URL(filePath: path))
    let program = """
      import sys, zipfile
      archive = zipfile.ZipFile(sys.argv[1])
      assert archive.testzip() is None
      print(*archive.namelist(), archive.read("report.lua"))
      """
    #expect(
      try run("/usr/bin/python3", "-c", program, path)
        == "bundle.json lib/one.lua report.lua b'return 1\\n'\n")
    #expect(try run("/usr/bin/unzip", "-p", path, "lib/one.lua") == SmallBundle.module)
    #expect(try run("/usr/bin/bsdtar", "-xOf", path, "lib/one.lua") == SmallBundle.module)
  }

  @Test func `names that begin with a point are left out and told`() throws {
    let folder = try folder()
    try folder.write("x", to: ".git/config")
    try folder.write("x", to: "lib/.luarc.json")
    let bundle = try ReportBundle.open(folder.url.path)
    #expect(bundle.leftOut == [".git", "lib/.luarc.json"])
    #expect(bundle.files.all.map(\.path) == ["lib/one.lua", "report.lua"])
  }

  @Test func `a link in the folder is refused, also one to a folder`() throws {
    let folder = try folder()
    let link = folder.path("lib/two.lua")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "one.lua")
    #expect(
      refusal(of: folder) == """
        a link lies in the bundle's folder
          at:  `FOLDER`, `lib/two.lua`
          fix: put a copy of the file there
        """)
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("more"), withDestinationPath: "lib")
    #expect(refusal(of: folder)?.contains("`FOLDER`, `more`") == true)
  }

  @Test func `a folder without a manifest is no bundle`() throws {
    let folder = try TemporaryFolder()
    try folder.write("return 1", to: "report.lua")
    #expect(
      refusal(of: folder) == """
        the bundle has no `bundle.json`
          at:  `FOLDER`
          fix: write one, or begin with `annals bundle new`
        """)
  }

  @Test func `a script that the manifest names must be there`() throws {
    let folder = try folder()
    try folder.write(
      SmallBundle.source.replacing("report.lua", with: "reports.lua"), to: "bundle.json")
    #expect(
      refusal(of: folder) == """
        a file that the manifest names is not there
          at:  `FOLDER`, `reports.lua`
          fix: put it there, or correct the manifest
        """)
  }

  @Test func `an unpacked bundle is a folder again, and its hashes are compared`() throws {
    let folder = try folder()
    try folder.write(SmallBundle.packed, to: "bundle.json")
    #expect(refusal(of: folder) == nil)
    try folder.write("return 2\n", to: "report.lua")
    #expect(refusal(of: folder)?.hasPrefix("a file is not what was packed: its SHA-256") == true)
  }

  @Test func `all that a manifest may say comes back as it was`() throws {
    let text = SmallBundle.packed
      .replacing("  \"authors\"", with: "  \"summary\": \"What it is for.\",\n  \"authors\"")
      .replacing("  \"files\"", with: Self.optional + "  \"files\"")
    var files = SmallBundle.files
    files[0].text = text
    let manifest = try ReportBundle(archive: ZipMaker(files).bytes, name: "b.annals").manifest
    #expect(manifest.text == text)
    #expect(manifest.summary == "What it is for.")
    #expect(manifest.needs.map(\.name) == ["events", "figures"])
    #expect(manifest.needs[0].columns.map { $0.name + " " + $0.type } == ["date day", "type text"])
    #expect(manifest.permissions.read == "the census that you name")
    #expect(manifest.permissions.write == nil)
    #expect(manifest.permissions.environment.map(\.name) == ["CENSUS_YEAR"])
    #expect(manifest.limits.seconds == 5)
    #expect(manifest.limits.memory == 256)
    #expect(manifest.limits.output == nil)
  }

  @Test func `tests of a manifest come back as they were, and are packed with their goldens`()
    throws
  {
    let folder = try TemporaryFolder()
    let source = SmallBundle.source.replacing("\n}\n", with: ",\n" + Self.tests + "\n}\n")
    try folder.write(source, to: "bundle.json")
    try folder.write(SmallBundle.report, to: "report.lua")
    try folder.write(SmallBundle.module, to: "lib/one.lua")
    let bundle = try ReportBundle.open(folder: folder)
    let manifest = bundle.manifest
    #expect(manifest.text.contains(",\n" + Self.tests + ",\n  \"files\""))
    #expect(manifest.tests.map(\.name) == ["plain", "by-name"])
    #expect(manifest.tests[0].data == .file("lib"))
    #expect(manifest.tests[0].goldens == ["report.txt"])
    #expect(manifest.tests[1].script == "main")
    #expect(manifest.tests[1].parameters.map { $0.name + " " + $0.text } == ["year 2031"])
    #expect(manifest.tests[1].digits == 12)
    #expect(throws: BundlesError.self) { try bundle.packed() }
    for golden in ["report.txt", "lib/one.csv", "lib/one.arrow"] {
      try folder.write("", to: golden)
    }
    let packed = try ReportBundle.open(folder: folder).packed()
    #expect(try ReportBundle(archive: packed, name: "b.annals").packed() == packed)
  }

  private static let tests = """
      "tests": {
        "plain": {
          "data": "lib",
          "goldens": [
            "report.txt"
          ]
        },
        "by-name": {
          "script": "main",
          "data": {
            "name": "town-2031",
            "sha256": "0805bfdc02e872ed322a4a4e440ae985f3a4335f4dd59f3d373dfaf2a68a4a3c"
          },
          "parameters": {
            "year": "2031"
          },
          "digits": 12,
          "goldens": [
            "lib/one.csv",
            "lib/one.arrow"
          ]
        }
      }
    """

  private static let optional = """
      "needs": {
        "events": {
          "date": "day",
          "type": "text"
        },
        "figures": {}
      },
      "permissions": {
        "read": "the census that you name",
        "environment": {
          "CENSUS_YEAR": "the year of that census"
        }
      },
      "limits": {
        "memory_mib": 256,
        "seconds": 5
      },

    """

  private func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

extension ReportBundle {
  /// Reads a folder, which stays until it has been read.
  fileprivate static func open(folder: TemporaryFolder) throws -> ReportBundle {
    try withExtendedLifetime(folder) { try open(folder.url.path) }
  }
}

/// A folder that is gone when nobody needs it any more.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "annals-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file, and the folders that it lies in.
  func write(_ text: String, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}
