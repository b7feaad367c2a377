import Foundation
import Testing

/// Bundles that use modules of others: `annals bundle lock`, and runs.
@Suite struct UsedBundlesTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["HOME"] = folder.url.path
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    self.annals = annals
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "shelf"), withIntermediateDirectories: false)
  }

  private func write(
    _ id: String, _ version: String, uses: String = "", _ files: [String: String]
  ) throws {
    try? FileManager.default.removeItem(at: folder.url.appending(path: id))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: id + "/lib"), withIntermediateDirectories: true)
    let manifest = """
      {
        "format": 1, "id": "\(id)", "version": "\(version)", "title": "T", "authors": ["A"],
        "licence": "CC0-1.0", "annals": ">=0.1.0", "scripts": {"main": "main.lua"}
        \(uses.isEmpty ? "" : ", \"uses\": {\(uses)}")
      }
      """
    try folder.write(manifest, to: id + "/bundle.json")
    try folder.write("-- Main\nreturn 1", to: id + "/main.lua")
    for (path, text) in files { try folder.write(text, to: id + "/" + path) }
  }

  /// Puts a version of the bundle `common` on the shelf.
  private func shelve(_ version: String, tells text: String? = nil) async throws {
    try write(
      "common", version,
      [
        "lib/words.lua": "return require('common.inner') .. ' \(text ?? version)'",
        "inner.lua": "return 'words of'",
      ])
    let result = try await annals.run(
      "bundle", "pack", "common", "-o", "shelf/common-\(version).annals")
    #expect(result.error == "")
  }

  private func writeUser() throws {
    try write(
      "user", "1.0.0", uses: "\"common\": \">=1.0.0 <2.0.0\"",
      ["main.lua": "-- Main\nreturn require 'common.words'"])
  }

  @Test func `a lock takes the newest that fits, and the bundle runs with it`() async throws {
    for version in ["1.9.0", "1.10.0", "2.0.0"] { try await shelve(version) }
    try writeUser()
    let lock = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    #expect(lock.error == "")
    let hash = try #require(
      lock.output.wholeMatch(of: /common  1\.10\.0  ([0-9a-f]{64})\n/)?.output.1)
    #expect(
      try folder.text("user/bundle.lock") == """
        {
          "format": 1,
          "bundles": {
            "common": {
              "version": "1.10.0",
              "sha256": "\(hash)"
            }
          }
        }

        """)
    let run = try await annals.run("run", "user", "--bundles", "shelf")
    #expect(run.output == "words of 1.10.0\n")
    #expect(try await annals.run("bundle", "pack", "user").error == "")
    #expect(
      try await annals.run("run", "user-1.0.0.annals", "--bundles", "shelf").output == run.output)
    let shown = try await annals.run("bundle", "inspect", "user-1.0.0.annals")
    #expect(
      shown.output.contains(
        "\nit uses\n  common  >=1.0.0 <2.0.0  locked to 1.10.0, \(hash)\n"))
    #expect(
      try await annals.run("bundle", "check", "user", "--bundles", "shelf").output
        == "nothing is wrong\n")
  }

  @Test func `a newer version that comes later changes nothing until the lock is written anew`()
    async throws
  {
    try await shelve("1.0.0")
    try writeUser()
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    try await shelve("1.5.0")
    let run = ["run", "user", "--bundles", "shelf"]
    #expect(try await annals.run(run).output == "words of 1.0.0\n")
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    #expect(try await annals.run(run).output == "words of 1.5.0\n")
  }

  @Test func `without a lock that fits nothing runs or is packed`() async throws {
    try await shelve("1.0.0")
    try writeUser()
    for arguments in [["run", "user", "--bundles", "shelf"], ["bundle", "pack", "user"]] {
      let result = try await annals.run(arguments)
      #expect(result.status == 2)
      #expect(
        result.error == """
          annals: the bundle uses others, and no lock says which versions
            at:  `user`
            fix: write it with `annals bundle lock`

          """)
    }
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    let manifest = try folder.text("user/bundle.json")
    try folder.write(manifest.replacing(">=1.0.0 <2.0.0", with: ">=1.1.0"), to: "user/bundle.json")
    let result = try await annals.run("run", "user", "--bundles", "shelf")
    #expect(result.status == 2)
    #expect(
      result.error.hasPrefix(
        "annals: the lock has no version of `common` that will do (>=1.1.0)\n"))
    try folder.write("{}", to: "user/bundle.lock")
    #expect(
      try await annals.run("bundle", "pack", "user").error.hasPrefix(
        "annals: the lock is not written as locking writes it\n  at:  `user`, `bundle.lock`\n"))
  }

  @Test func `a used bundle that is absent or of other content is refused`() async throws {
    try await shelve("1.0.0")
    try writeUser()
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    let absent = try await annals.run("run", "user")
    #expect(absent.status == 2)
    #expect(
      absent.error == """
        annals: the bundle uses `common` 1.0.0, which is not here
          at:  `user`
          fix: install it, or name the folder that it is in by `--bundles`

        """)
    try await shelve("1.0.0", tells: "somebody else")
    let other = try await annals.run("run", "user", "--bundles", "shelf")
    #expect(other.status == 2)
    #expect(
      other.error.hasPrefix(
        "annals: `common` 1.0.0 here is not the one that the bundle uses: its hash is "))
  }

  @Test func `installing needs what is used, and removing leaves it`() async throws {
    try await shelve("1.0.0")
    try writeUser()
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    _ = try await annals.run("bundle", "pack", "user")
    let alone = try await annals.run("bundle", "install", "user-1.0.0.annals")
    #expect(alone.status == 2)
    #expect(alone.error.hasPrefix("annals: the bundle uses `common` 1.0.0, which is not here\n"))
    let both = try await annals.run(
      "bundle", "install", "user-1.0.0.annals", "shelf/common-1.0.0.annals")
    #expect(both.status == 0)
    try FileManager.default.removeItem(at: folder.url.appending(path: "user"))
    #expect(try await annals.run("run", "user").output == "words of 1.0.0\n")
    let used = try await annals.run("bundle", "remove", "common")
    #expect(used.status == 64)
    #expect(
      used.error == """
        annals: the installed bundle user 1.0.0 uses common 1.0.0
          fix: remove user first

        """)
    #expect(try await annals.run("bundle", "remove", "user").status == 0)
    #expect(try await annals.run("bundle", "remove", "common").status == 0)
  }

  @Test func `two contents of one version leave open which is meant`() async throws {
    try await shelve("1.0.0")
    _ = try await annals.run("bundle", "install", "shelf/common-1.0.0.annals")
    try await shelve("1.0.0", tells: "somebody else")
    try writeUser()
    let result = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    #expect(result.status == 2)
    #expect(
      result.error.hasPrefix("annals: there are two bundles common 1.0.0 of other content\n"))
  }

  @Test func `an error in a used module names its bundle`() async throws {
    try await shelve("1.0.0", tells: "' .. nil .. '")
    try writeUser()
    _ = try await annals.run("bundle", "lock", "user", "--bundles", "shelf")
    let result = try await annals.run("run", "user", "--bundles", "shelf")
    #expect(result.status == 1)
    #expect(result.error.contains("  at:  uses/common/words.lua:1\n"))
  }
}
