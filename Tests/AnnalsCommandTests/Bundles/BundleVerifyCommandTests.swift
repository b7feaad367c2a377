import Foundation
import Testing

/// `annals bundle key`, `sign` and `verify`.
@Suite struct BundleVerifyCommandTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["HOME"] = folder.url.path
    self.annals = annals
  }

  /// Makes a key that is trusted, and a signed bundle `b-1-0.1.0.annals`.
  ///
  /// - Returns: The words of the key and the line that trusts it.
  @discardableResult
  private func sign(_ change: () throws -> Void = {}) async throws -> (id: String, trust: String) {
    _ = try await annals.run("bundle", "new", "b-1")
    try change()
    #expect(try await annals.run("bundle", "pack", "b-1").status == 0)
    let key = try await annals.run("bundle", "key", "ada.key", "--name", "Ada Example")
    let lines = try #require(
      key.output.wholeMatch(of: /key    ([a-z-]{35})\ntrust  ([0-9a-f]{64} Ada Example)\n/))
    try folder.write(lines.output.2 + "\n", to: "trusted")
    let result = try await annals.run(
      "bundle", "sign", "b-1-0.1.0.annals", "--key", "ada.key")
    #expect(result.error == "")
    #expect(result.output == "b-1-0.1.0.annals  signed by \(lines.output.1)\n")
    return (String(lines.output.1), String(lines.output.2))
  }

  private func verify(_ options: String...) async throws -> AnnalsProcess.Result {
    try await annals.run(["bundle", "verify", "b-1-0.1.0.annals"] + options)
  }

  @Test func `a page tells who signed what, the hashes and the result`() async throws {
    let key = try await sign()
    let result = try await verify("--trust", "trusted")
    #expect(result.error == "")
    #expect(result.status == 0)
    #expect(
      result.output.replacing(/[0-9a-f]{64}/, with: "HASH") == """
        b-1 0.1.0: Tolls by measure

        signed by  Ada Example
        key        \(key.id)
        made by    Your name
        hash       HASH

        files
          README.md                   355 bytes   HASH
          data/town/datapackage.json  1322 bytes  HASH
          data/town/events.csv        72 bytes    HASH
          data/town/figures.csv       305 bytes   HASH
          goldens/lowest.txt          248 bytes   HASH
          goldens/tolls.csv           126 bytes   HASH
          report.lua                  375 bytes   HASH
          tolls.lua                   278 bytes   HASH

        tests
          ok       tolls  goldens/tolls.csv
          ok       lowest  goldens/lowest.txt

        verified: no byte has changed since the bundle was signed, and its scripts give what they gave \
        then

        """)
  }

  @Test func `the user's own file of trusted keys is looked at`() async throws {
    let key = try await sign()
    let before = try await verify()
    #expect(before.status == 2)
    #expect(
      before.error.hasPrefix(
        "annals: the bundle is signed by a key that you do not trust: \(key.id)\n"))
    #expect(before.error.contains(key.trust.prefix(64)))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: ".config/annals"), withIntermediateDirectories: true)
    try folder.write(key.trust, to: ".config/annals/trusted-keys")
    #expect(try await verify().status == 0)
  }

  @Test func `a signature by a key that is not trusted is refused before anything runs`()
    async throws
  {
    try await sign()
    let other = try await annals.run("bundle", "key", "bea.key", "--name", "Bea")
    _ = try await annals.run("bundle", "sign", "b-1-0.1.0.annals", "--key", "bea.key")
    let id = try #require(other.output.firstMatch(of: /[a-z-]{35}/)).output
    let result = try await verify("--trust", "trusted")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.error.hasPrefix("annals: the bundle is signed by a key that you do not trust: \(id)\n")
    )
  }

  @Test func `a bundle whose signature was taken away is refused`() async throws {
    try await sign()
    _ = try await annals.run("bundle", "pack", "b-1")
    let result = try await verify("--trust", "trusted")
    #expect(result.status == 2)
    #expect(
      result.error == """
        annals: the bundle is not signed
          at:  b-1-0.1.0.annals
          fix: get it from whoever vouches for it; `annals bundle inspect` shows what it is

        """)
  }

  @Test func `a byte that changed is told with its file`() async throws {
    try await sign()
    let file = folder.url.appending(path: "b-1-0.1.0.annals")
    var bytes = try Data(contentsOf: file)
    let place = try #require(bytes.range(of: Data("f3,e2,wounded".utf8)))
    bytes[place.lowerBound] = 0x67
    try bytes.write(to: file)
    let result = try await verify("--trust", "trusted")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.contains("  at:  `b-1-0.1.0.annals`, `data/town/figures.csv`\n"))
  }

  @Test func `a golden that differs from what the script gives has status 4`() async throws {
    try await sign {
      let golden = try folder.text("b-1/goldens/tolls.csv")
      try folder.write(golden.replacing("4,4,4", with: "5,5,5"), to: "b-1/goldens/tolls.csv")
    }
    let result = try await verify("--trust", "trusted")
    #expect(result.status == 4)
    #expect(result.output.contains("      -killed,person,increment,5,5,5,3\n"))
    #expect(result.output.contains("      +killed,person,increment,4,4,4,3\n"))
    #expect(!result.output.contains("verified"))
    #expect(result.error == "annals: 1 of 2 outputs are not what was signed\n")
  }

  @Test func `a signed bundle runs as before and shows its key`() async throws {
    let key = try await sign()
    let data = AnnalsProcess.repository.path + "/Datasets/kazakhstan-2022"
    #expect(
      try await annals.run("run", "b-1-0.1.0.annals", "--data", data)
        == (try await annals.run("run", "b-1", "--data", data)))
    let shown = try await annals.run("bundle", "inspect", "b-1-0.1.0.annals")
    #expect(shown.output.contains("signature  by \(key.id); `annals bundle verify` tells"))
  }

  @Test func `a folder can't be signed, nor with a key that others may read`() async throws {
    try await sign()
    let folderResult = try await annals.run("bundle", "sign", "b-1", "--key", "ada.key")
    #expect(folderResult.status == 64)
    #expect(folderResult.error.hasPrefix("annals: a folder can't be signed"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.path("ada.key"))
    let open = try await annals.run("bundle", "sign", "b-1-0.1.0.annals", "--key", "ada.key")
    #expect(open.status == 2)
    #expect(open.error.hasPrefix("annals: others than you may read or write `ada.key`"))
  }
}
