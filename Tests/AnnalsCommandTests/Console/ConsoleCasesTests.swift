import Foundation
import Testing

/// Sessions of the console over a pipe: `NAME.in` is typed, `NAME.out` is what both streams show, written
/// by hand.
@Suite struct ConsoleCasesTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "ConsoleCases")

  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".in") }.map { String($0.dropLast(3)) }.sorted() ?? []

  @Test func `there are sessions`() { #expect(Self.names.count >= 6) }

  @Test(arguments: names)
  func `a session shows what was written down`(_ name: String) async throws {
    var annals = AnnalsProcess()
    annals.mergesStreams = true
    annals.input = try text(name + ".in")
    let result = try await annals.run(
      "console", "--data", "Tests/AnnalsCommandTests/Fixtures/town")
    #expect(result.output == (try text(name + ".out")))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
  }
}
