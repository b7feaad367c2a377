import AnnalsBundles
import Testing

@Suite struct VersionTests {
  @Test func `versions are three whole numbers, and ordered by them`() {
    let texts = ["0.9.10", "0.10.0", "1.0.0", "1.0.2", "1.0.10", "999999.0.0"]
    #expect(texts.compactMap { Version($0)?.description } == texts)
    #expect(texts.reversed().compactMap { Version($0) }.sorted().map(\.description) == texts)
    for text in ["", "1", "1.0", "1.0.0.0", "1.0.-1", "1.0.0-a", "01.0.0", "1..0", "1.0.1000000"] {
      #expect(Version(text) == nil, "\(text)")
    }
  }

  @Test func `a range holds the versions that meet all of its conditions`() throws {
    let range = try #require(VersionRange(">=1.2.0 <2.0.0"))
    #expect(range.contains(Version(1, 2, 0)))
    #expect(range.contains(Version(1, 99, 0)))
    #expect(!range.contains(Version(1, 1, 9)))
    #expect(!range.contains(Version(2, 0, 0)))
    #expect(range.description == ">=1.2.0 <2.0.0")
    #expect(VersionRange("=1.2.0")?.contains(Version(1, 2, 0)) == true)
    #expect(VersionRange("=1.2.0")?.contains(Version(1, 2, 1)) == false)
    for text in ["", " ", ">=1.2", "1.2.0", ">1.2.0", ">=1.2.0  <2.0.0", ">= 1.2.0", "~1.2.0"] {
      #expect(VersionRange(text) == nil, "\(text)")
    }
  }
}
