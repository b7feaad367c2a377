import AnnalsEngine
import AnnalsFormats
import Foundation
import Testing

/// Replays the files that the fuzz target `ArrowFuzz` starts from, and those that it once failed on.
@Suite struct ArrowCorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/corpus/arrow")

  @Test func `every file of the corpus reads, or ends in an error`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(names.count >= 20)
    for name in names {
      let bytes = try Data(contentsOf: Self.folder.appending(path: name))
      let failure = try ArrowDamageTests.failure(Array(bytes))
      if name.hasPrefix("refused_") || name.hasPrefix("found_") {
        #expect(failure != nil, "\(name)")
      } else {
        #expect(failure == nil, "\(name)")
      }
    }
  }
}
