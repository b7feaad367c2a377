import AnnalsPlatform
import Testing

@Suite struct FolderTests {
  let folder = TemporaryFolder()

  @Test func `names are listed in the order of their bytes`() throws {
    for name in ["b", "a", "Z", "é"] { try folder.store("", as: name) }
    #expect(try Folder.names(in: folder.path) == ["Z", "a", "b", "é"])
    #expect(throws: PlatformError.isNoFolder(path: folder.file("a"))) {
      try Folder.names(in: folder.file("a"))
    }
  }
}
