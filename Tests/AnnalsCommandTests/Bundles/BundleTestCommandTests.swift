import Foundation
import Testing

/// `annals bundle test`.
@Suite struct BundleTestCommandTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    annals.environment["TMPDIR"] = folder.path("scratch")
    self.annals = annals
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "scratch"), withIntermediateDirectories: false)
  }

  private func replace(_ old: String, with new: String, in file: String) throws {
    let text = try folder.text(file)
    try #require(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: file)
  }

  private var scratchNames: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path("scratch")) }
  }

  @Test func `a new bundle passes its tests, and as well when it is packed`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    let result = try await annals.run("bundle", "test", "b-1")
    #expect(result.error == "")
    #expect(
      result.output == """
        ok       tolls  goldens/tolls.csv
        ok       lowest  goldens/lowest.txt
        all 2 outputs are as they must be

        """)
    #expect(result.status == 0)
    _ = try await annals.run("bundle", "pack", "b-1")
    #expect(try await annals.run("bundle", "test", "b-1-0.1.0.annals") == result)
    #expect(try await annals.run("bundle", "test", "b-1", "--threads", "1") == result)
    #expect(try scratchNames == [])
  }

  @Test func `a golden that differs is shown line by line with status 4, and stays as it is`()
    async throws
  {
    _ = try await annals.run("bundle", "new", "b-1")
    try replace("increment,3,3,3", with: "increment,30,30,30", in: "b-1/data/town/figures.csv")
    let result = try await annals.run("bundle", "test", "b-1")
    #expect(result.status == 4)
    #expect(
      result.output == """
        differs  tolls  goldens/tolls.csv
            line 1
             measure,unit,accumulation,toll_low,toll_best,toll_high,claims
            -killed,person,increment,4,4,4,3
            +killed,person,increment,31,31,31,3
             wounded,person,increment,11,,,1
        ok       lowest  goldens/lowest.txt

        """)
    #expect(
      result.error == """
        annals: 1 of 2 outputs are not as they must be
          fix: mend the script, or take over what it gives with `--update`

        """)
    #expect(try folder.text("b-1/goldens/tolls.csv").contains("killed,person,increment,4,4,4,3\n"))
  }

  @Test func `updating shows what differs and writes it, also goldens that were not there`()
    async throws
  {
    _ = try await annals.run("bundle", "new", "b-1")
    try replace("increment,3,3,3", with: "increment,30,30,30", in: "b-1/data/town/figures.csv")
    try replace(
      "\"goldens/lowest.txt\"", with: "\"goldens/lowest.txt\", \"more/lowest.json\"",
      in: "b-1/bundle.json")
    let packing = try await annals.run("bundle", "pack", "b-1")
    #expect(packing.status == 2)
    #expect(
      packing.error == """
        annals: a golden output that the manifest names is not there
          at:  `b-1`, `more/lowest.json`
          fix: have `annals bundle test --update` write it, and read it

        """)
    let update = try await annals.run("bundle", "test", "b-1", "--update")
    #expect(update.status == 0)
    #expect(update.error == "")
    #expect(update.output.contains("    +killed,person,increment,31,31,31,3\n"))
    #expect(
      update.output.hasSuffix(
        """
        ok       lowest  goldens/lowest.txt
        new      lowest  more/lowest.json
        2 of 3 outputs were written anew

        """))
    #expect(
      try folder.text("b-1/goldens/tolls.csv") == """
        measure,unit,accumulation,toll_low,toll_best,toll_high,claims
        killed,person,increment,31,31,31,3
        wounded,person,increment,11,,,1

        """)
    #expect(try await annals.run("bundle", "test", "b-1").status == 0)
    #expect(try await annals.run("bundle", "pack", "b-1").error == "")
  }

  @Test func `a script that fails is told, and nothing is written`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    try replace("increment,3,3,3", with: "increment,30,30,30", in: "b-1/data/town/figures.csv")
    try replace("\"claims\": \"lowest\"", with: "\"claims\": \"loudest\"", in: "b-1/bundle.json")
    let before = try folder.text("b-1/goldens/tolls.csv")
    let result = try await annals.run("bundle", "test", "b-1", "--update")
    #expect(result.status == 64)
    #expect(
      result.output.hasSuffix(
        """
        failed   lowest
            `--claims` can't be `loudest`
              fix: did you mean `lowest`?

        """))
    #expect(result.error == "annals: 1 of 2 tests failed; they are shown above\n")
    #expect(try folder.text("b-1/goldens/tolls.csv") == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("b-1/goldens"))
    #expect(names.sorted() == ["lowest.txt", "tolls.csv"])
  }

  @Test func `a packed bundle is not updated`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    _ = try await annals.run("bundle", "pack", "b-1")
    let result = try await annals.run("bundle", "test", "b-1-0.1.0.annals", "--update")
    #expect(result.status == 64)
    #expect(result.error.hasPrefix("annals: `--update` can't change a packed bundle\n"))
  }

  @Test func `an unpacked bundle is not updated before its list of hashes is removed`()
    async throws
  {
    _ = try await annals.run("bundle", "new", "b-1")
    _ = try await annals.run("bundle", "pack", "b-1")
    let unzip = Process()
    unzip.executableURL = URL(filePath: "/usr/bin/unzip")
    unzip.arguments = ["-q", "-o", folder.path("b-1-0.1.0.annals"), "-d", folder.path("b-1")]
    try unzip.run()
    unzip.waitUntilExit()
    let result = try await annals.run("bundle", "test", "b-1", "--update")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: `--update` can't change files whose hashes the manifest lists
          fix: remove `files` from `bundle.json`, if you are going to change the bundle; packing lists them anew

        """)
    let manifest = try folder.text("b-1/bundle.json")
    let list = try #require(manifest.range(of: ",\n  \"files\""))
    try folder.write(String(manifest[..<list.lowerBound]) + "\n}\n", to: "b-1/bundle.json")
    #expect(try await annals.run("bundle", "test", "b-1", "--update").status == 0)
    #expect(try await annals.run("bundle", "pack", "b-1").status == 0)
  }

  @Test func `a bundle without tests is refused`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    let manifest = try folder.text("b-1/bundle.json")
    let start = try #require(manifest.range(of: ",\n  \"tests\"")).lowerBound
    try folder.write(manifest[..<start] + "\n}\n", to: "b-1/bundle.json")
    let result = try await annals.run("bundle", "test", "b-1")
    #expect(result.status == 2)
    #expect(
      result.error == """
        annals: the bundle has no tests
          at:  b-1
          fix: add `tests` to its manifest; Documentation/bundles.md tells how

        """)
  }

  /// The hash is what `find . -type f -printf '%P\n' | sort | xargs sha256sum | sha256sum` gives in the
  /// folder, with LC_ALL=C.
  @Test func `a dataset by name must have the hash of the manifest`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    let town = AnnalsProcess.repository.path + "/Tests/AnnalsCommandTests/Fixtures/town"
    try FileManager.default.copyItem(atPath: town, toPath: folder.path("town"))
    try replace(
      "\"data\": \"data/town\",\n      \"parameters\"",
      with: "\"data\": {\"name\": \"town\", \"sha256\": \"HASH\"},\n      \"parameters\"",
      in: "b-1/bundle.json")
    try replace("\"claims\": \"lowest\"", with: "\"day\": \"2031-03-04\"", in: "b-1/bundle.json")
    for column in ["measure", "unit", "population", "quantity", "disjoint"] {
      try replace("      \"\(column)\": \"text\",\n", with: "", in: "b-1/bundle.json")
    }
    try replace(",\n      \"accumulation\": \"text\"", with: "", in: "b-1/bundle.json")
    try folder.write(
      "params {{\"day\", type = \"day\", default = \"2031-01-01\"}}\nreturn data.figures:count()\n",
      to: "b-1/report.lua")
    try folder.write("n\n─\n2\n", to: "b-1/goldens/lowest.txt")
    try folder.write("n\n4\n", to: "b-1/goldens/tolls.csv")
    let wrong = String(repeating: "0", count: 64)
    try replace("HASH", with: wrong, in: "b-1/bundle.json")
    let refused = try await annals.run("bundle", "test", "b-1")
    #expect(refused.status == 2)
    #expect(
      refused.error == """
        annals: the dataset `town` is not the one that the bundle is tested with: its SHA-256 is \
        3cc4de4b44af173fb7193f21f92f2150046bc26beba8bc29fdb1d1d72a945ff3, and the manifest says \(wrong)
          at:  town
          fix: get the dataset as it was, or correct the manifest

        """)
    try replace(
      wrong, with: "3cc4de4b44af173fb7193f21f92f2150046bc26beba8bc29fdb1d1d72a945ff3",
      in: "b-1/bundle.json")
    #expect(try await annals.run("bundle", "test", "b-1").output.hasSuffix("must be\n"))
  }

  @Test func `what a test asks for is granted as for a run`() async throws {
    _ = try await annals.run("bundle", "new", "b-1")
    try replace(
      "  \"tests\"",
      with: "  \"permissions\": {\"environment\": {\"DAY\": \"its day\"}},\n  \"tests\"",
      in: "b-1/bundle.json")
    let nothing = try await annals.run("bundle", "test", "b-1")
    #expect(nothing.status == 3)
    #expect(nothing.output == "")
    #expect(try await annals.run("bundle", "test", "b-1", "--allow-env=DAY").status == 0)
  }
}
