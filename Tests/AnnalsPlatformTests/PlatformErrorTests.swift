import AnnalsPlatform
import Testing

@Suite struct PlatformErrorTests {
  @Test func `a message says what is wrong and how to mend it`() {
    #expect(
      PlatformError.missing(path: "x.csv").description
        == "there is no file or folder `x.csv`\n  fix: check the path")
  }
}
