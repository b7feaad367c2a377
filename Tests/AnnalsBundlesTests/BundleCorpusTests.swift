import AnnalsBundles
import Foundation
import Testing

/// The files that the fuzzer begins with, and those that it failed on once.
@Suite struct BundleCorpusTests {
  @Test func `every file of the corpus is refused, or packed as it was read`() throws {
    let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
    let names = try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted()
    #expect(names.contains("small.annals"))
    for name in names {
      let bytes = Array(try Data(contentsOf: corpus.appending(path: name)))
      let isBundle = SmallBundle.refusal(of: bytes) == nil
      #expect(isBundle == name.hasSuffix(".annals"), "\(name)")
      if isBundle {
        #expect(try ReportBundle(archive: bytes, name: name).packed() == bytes, "\(name)")
      }
    }
  }
}
