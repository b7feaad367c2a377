import AnnalsPlatform
import Testing

@Suite struct AtomicFolderTests {
  let folder = TemporaryFolder()

  @Test func `a folder is there with its files when it is finished, and not before`() throws {
    let made = try AtomicFolder(path: folder.file("out/"))
    let file = try made.file("a.txt")
    try file.write(Array("fair play".utf8).span)
    try file.finish()
    #expect(FileKind(at: folder.file("out")) == nil)
    try made.finish()
    #expect(try folder.contents("out/a.txt") == "fair play")
    #expect(try Folder.names(in: folder.path) == ["out"])
  }

  @Test func `a folder that is never finished leaves no trace`() throws {
    do {
      let made = try AtomicFolder(path: folder.file("out"))
      let file = try made.file("a.txt")
      try file.finish()
      #expect(try Folder.names(in: folder.path).count == 1)
    }
    #expect(try Folder.names(in: folder.path) == [])
  }

  @Test func `an empty folder is filled, anything else is left as it is`() throws {
    try AtomicFolder(path: folder.file("empty")).finish()
    try AtomicFolder(path: folder.file("empty")).finish()
    try folder.store("kept", as: "file")
    for name in ["file", ""] {
      #expect(throws: PlatformError.exists(path: folder.file(name))) {
        try AtomicFolder(path: folder.file(name))
      }
    }
    #expect(try folder.contents("file") == "kept")
  }
}
