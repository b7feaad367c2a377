import Foundation
import Testing

/// `annals bundle install`, `list` and `remove`, and runs of installed bundles.
@Suite struct BundleInstallCommandTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["HOME"] = folder.url.path
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    self.annals = annals
  }

  /// Packs a bundle whose script tells its version.
  private func pack(_ id: String, _ version: String, tells text: String? = nil) async throws {
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "source"), withIntermediateDirectories: true)
    try folder.write("return '\(text ?? version)'", to: "source/main.lua")
    try folder.write(
      """
      {
        "format": 1, "id": "\(id)", "version": "\(version)", "title": "Says \(version)",
        "authors": ["A"], "licence": "CC0-1.0", "annals": ">=0.1.0",
        "scripts": {"main": "main.lua"}
      }
      """, to: "source/bundle.json")
    let result = try await annals.run("bundle", "pack", "source")
    #expect(result.error == "")
  }

  private func install(_ files: String...) async throws -> AnnalsProcess.Result {
    try await annals.run(["bundle", "install"] + files)
  }

  @Test
  func `an installed bundle runs by its name from anywhere, the newest unless a version is given`()
    async throws
  {
    for version in ["1.9.0", "1.10.0", "1.2.0"] { try await pack("sayer", version) }
    let result = try await install(
      "sayer-1.9.0.annals", "sayer-1.10.0.annals", "sayer-1.2.0.annals")
    #expect(result.error == "")
    #expect(
      result.output == """
        annals run sayer  (version 1.9.0)
        annals run sayer  (version 1.10.0)
        annals run sayer  (version 1.2.0)

        """)
    var elsewhere = annals
    elsewhere.folder = folder.url.appending(path: "source")
    #expect(try await elsewhere.run("run", "sayer").output == "1.10.0\n")
    #expect(try await elsewhere.run("run", "sayer@1.9.0").output == "1.9.0\n")
    let other = try await elsewhere.run("run", "sayer@1.3.0")
    #expect(other.status == 64)
    #expect(
      other.error == """
        annals: there is no installed bundle `sayer@1.3.0`
          fix: its versions here are `1.2.0`, `1.9.0` and `1.10.0`

        """)
    #expect(try folder.names.contains(".local"))
  }

  @Test func `a list has the bundles by id and version`() async throws {
    for (id, version) in [("zeta", "1.0.0"), ("alpha", "1.10.0"), ("alpha", "1.9.0")] {
      try await pack(id, version)
      _ = try await install("\(id)-\(version).annals")
    }
    let result = try await annals.run("bundle", "list")
    #expect(
      result.output == """
        alpha  1.9.0   Says 1.9.0
        alpha  1.10.0  Says 1.10.0
        zeta   1.0.0   Says 1.0.0

        """)
    #expect(result.status == 0)
  }

  @Test
  func `removing takes one version or all, and what is not there is answered with near names`()
    async throws
  {
    for version in ["1.0.0", "2.0.0", "3.0.0"] {
      try await pack("sayer", version)
      _ = try await install("sayer-\(version).annals")
    }
    #expect(
      try await annals.run("bundle", "remove", "sayer@2.0.0").output == "removed sayer 2.0.0\n")
    #expect(try await annals.run("run", "sayer").output == "3.0.0\n")
    let near = try await annals.run("bundle", "remove", "sayre")
    #expect(near.status == 64)
    #expect(
      near.error == "annals: there is no installed bundle `sayre`\n  fix: did you mean `sayer`?\n")
    #expect(
      try await annals.run("bundle", "remove", "sayer").output
        == "removed sayer 1.0.0\nremoved sayer 3.0.0\n")
    let none = try await annals.run("bundle", "list")
    #expect(none.output == "")
    #expect(none.status == 0)
    #expect(none.error.hasPrefix("annals: no bundle is installed"))
    let run = try await annals.run("run", "sayer")
    #expect(run.status == 64)
    #expect(run.error.hasPrefix("annals: there is no script `sayer`\n"))
  }

  @Test func `a run of a misspelt name is answered with near bundles`() async throws {
    try await pack("sayer", "1.0.0")
    _ = try await install("sayer-1.0.0.annals")
    #expect(
      try await annals.run("run", "sayr").error
        == "annals: there is no script `sayr`\n  fix: did you mean `sayer`?\n")
  }

  @Test func `a path goes before a name`() async throws {
    try await pack("source", "1.0.0")
    _ = try await install("source-1.0.0.annals")
    try folder.write("return 'the folder'", to: "source/main.lua")
    #expect(try await annals.run("run", "source").output == "the folder\n")
  }

  @Test func `the same version with another content is refused, and nothing is installed`()
    async throws
  {
    try await pack("sayer", "1.0.0")
    _ = try await install("sayer-1.0.0.annals")
    #expect(try await install("sayer-1.0.0.annals").status == 0)
    try await pack("other", "1.0.0")
    try await pack("sayer", "1.0.0", tells: "something else")
    let result = try await install("other-1.0.0.annals", "sayer-1.0.0.annals")
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("annals: another sayer 1.0.0 is installed, whose hash is "))
    #expect(try await annals.run("bundle", "list").output == "sayer  1.0.0  Says 1.0.0\n")
    #expect(try await annals.run("run", "sayer").output == "1.0.0\n")
  }

  @Test func `a folder is not installed, nor what is broken`() async throws {
    try await pack("sayer", "1.0.0")
    #expect(try await install("source").status == 64)
    try folder.write("no bundle", to: "broken.annals")
    #expect(try await install("sayer-1.0.0.annals", "broken.annals").status == 2)
    #expect(try await annals.run("bundle", "list").output == "")
  }

  @Test func `an installed file that became another bundle is refused`() async throws {
    try await pack("sayer", "1.0.0")
    _ = try await install("sayer-1.0.0.annals")
    try await pack("sayer", "1.1.0")
    let installed = folder.url.appending(path: ".local/share/annals/bundles/sayer-1.0.0.annals")
    try FileManager.default.removeItem(at: installed)
    try FileManager.default.copyItem(
      at: folder.url.appending(path: "sayer-1.1.0.annals"), to: installed)
    for arguments in [["run", "sayer"], ["bundle", "list"]] {
      let result = try await annals.run(arguments)
      #expect(result.status == 2)
      #expect(
        result.error.hasPrefix(
          "annals: the file is not the bundle that its name says: it is sayer-1.1.0.annals\n"))
    }
  }
}
