import Foundation
import Testing

/// `Scripts/` as the bundle `annals-standard`.
@Suite struct StandardBundleTests {
  private let scripts = AnnalsProcess.repository.appending(path: "Scripts")

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scripts.appending(path: folder).path)
  }

  private func manifest() throws -> [String: Any] {
    let data = try Data(contentsOf: scripts.appending(path: "bundle.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `every shipped script and every golden output is in the bundle`() throws {
    let manifest = try manifest()
    let listed = try #require(manifest["scripts"] as? [String: String])
    #expect(
      listed.values.sorted() == (try names(in: "").filter { $0.hasSuffix(".lua") }.sorted()))
    for (name, file) in listed { #expect(file == name + ".lua") }
    let tests = try #require(manifest["tests"] as? [String: [String: Any]])
    let goldens = tests.values.flatMap { $0["goldens"] as? [String] ?? [] }
    // The help of a script is no output of it.
    let outputs = try names(in: "goldens").filter { !$0.hasSuffix(".help.txt") }
    #expect(goldens.sorted() == outputs.map { "goldens/" + $0 }.sorted())
  }

  @Test func `it is checked, tested, signed and verified`() async throws {
    let folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.environment["HOME"] = folder.url.path
    let check = try await annals.run("bundle", "check", "Scripts")
    #expect(check.status == 0)
    #expect(check.output.hasSuffix("nothing is wrong\n"))
    let file = folder.path("annals-standard.annals")
    #expect(try await annals.run("bundle", "pack", "Scripts", "-o", file).error == "")
    let key = try await annals.run("bundle", "key", folder.path("key"), "--name", "The authors")
    let line = try #require(key.output.firstMatch(of: /trust  (.*)/)).output.1
    try folder.write(String(line), to: "trusted")
    _ = try await annals.run("bundle", "sign", file, "--key", folder.path("key"))
    let result = try await annals.run(
      "bundle", "verify", file, "--trust", folder.path("trusted"))
    #expect(result.status == 0)
    #expect(result.output.contains("\nsigned by  The authors\n"))
    #expect(result.output.contains("\nverified: no byte has changed"))
  }

  @Test func `it is packed to the same bytes in any folder, time zone, locale and umask`()
    async throws
  {
    let folder = try TemporaryFolder()
    let copy = folder.url.appending(path: "a/deeper/copy")
    try FileManager.default.createDirectory(
      at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: scripts, to: copy)
    let one = folder.path("one.annals")
    let two = folder.path("two.annals")
    #expect(try await AnnalsProcess().run("bundle", "pack", "Scripts", "-o", one).status == 0)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "umask 077; chmod -R go-rwx .; find . -exec touch -d 2001-02-03 {} +; exec \"$@\"",
      "sh", try AnnalsProcess.program().path, "bundle", "pack", ".", "-o", two,
    ]
    process.currentDirectoryURL = copy
    process.environment = [
      "PATH": "/usr/bin:/bin", "TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let bytes = try [one, two].map { try Data(contentsOf: URL(filePath: $0)) }
    #expect(bytes[0] == bytes[1])
  }
}
