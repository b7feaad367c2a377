import AnnalsPlatform
import Glibc
import Testing

@Suite struct FileReaderTests {
  let folder = TemporaryFolder()

  @Test func `a file is read in pieces of the size that was asked for`() throws {
    try folder.store("abcdefgh", as: "a.txt")
    let reader = try FileReader(path: folder.file("a.txt"))
    #expect(reader.byteCount == 8)
    #expect(try reader.next(byteLimit: 3) == Array("abc".utf8))
    #expect(try reader.next(byteLimit: 3) == Array("def".utf8))
    #expect(try reader.next(byteLimit: 3) == Array("gh".utf8))
    #expect(try reader.next(byteLimit: 3) == [])
  }

  @Test func `what cannot be read is refused with the path as it was given`() throws {
    let missing = folder.file("missing.csv")
    #expect(throws: PlatformError.missing(path: missing)) { try FileReader(path: missing) }
    #expect(throws: PlatformError.isFolder(path: folder.path)) {
      try FileReader(path: folder.path)
    }
    #expect(throws: PlatformError.impossibleName(path: "")) { try FileReader(path: "") }
    #expect(throws: PlatformError.impossibleName(path: "a\0b")) { try FileReader(path: "a\0b") }
    #expect(throws: PlatformError.isNoFile(path: "/dev/null")) {
      try FileReader(path: "/dev/null")
    }
  }

  @Test func `a pipe is refused without waiting for its writer`() throws {
    let pipe = folder.file("pipe")
    // SAFETY: the path is a C string for the length of the call.
    let made = unsafe mkfifo(pipe, 0o600)
    try #require(made == 0)
    #expect(throws: PlatformError.isNoFile(path: pipe)) { try FileReader(path: pipe) }
    #expect(FileKind(at: pipe) == .other)
  }

  @Test func `a file past the limit is refused`() throws {
    try folder.store("four", as: "a.txt")
    #expect(throws: PlatformError.tooLarge(path: folder.file("a.txt"), byteLimit: 3)) {
      try FileReader.contents(of: folder.file("a.txt"), byteLimit: 3)
    }
  }
}
