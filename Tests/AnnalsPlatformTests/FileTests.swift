import AnnalsPlatform
import Glibc
import Testing

@Suite struct FileTests {
  let folder = TemporaryFolder()

  func store(_ text: String, as name: String) throws {
    let file = try AtomicFile(path: folder.file(name))
    try file.write(Array(text.utf8).span)
    try file.finish()
  }

  func contents(_ name: String, byteLimit: Int = 1000) throws -> String {
    String(
      decoding: try FileReader.contents(of: folder.file(name), byteLimit: byteLimit),
      as: UTF8.self)
  }

  @Test func `a file reads back as it was written`() throws {
    try store("fair play", as: "a.txt")
    #expect(try contents("a.txt") == "fair play")
    #expect(try Folder.names(in: folder.path) == ["a.txt"])
  }

  @Test func `a file is read in pieces of the size that was asked for`() throws {
    try store("abcdefgh", as: "a.txt")
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
    try store("four", as: "a.txt")
    #expect(throws: PlatformError.tooLarge(path: folder.file("a.txt"), byteLimit: 3)) {
      try contents("a.txt", byteLimit: 3)
    }
  }

  @Test func `a file that is never finished leaves no trace`() throws {
    try store("old", as: "a.txt")
    do {
      let file = try AtomicFile(path: folder.file("a.txt"))
      try file.write(Array("new".utf8).span)
      #expect(try Folder.names(in: folder.path).count == 2)
    }
    #expect(try contents("a.txt") == "old")
    #expect(try Folder.names(in: folder.path) == ["a.txt"])
  }

  @Test func `a file cannot be written over a folder or into a missing one`() {
    #expect(throws: PlatformError.isFolder(path: folder.path)) { try AtomicFile(path: folder.path) }
    let lost = folder.file("none/a.txt")
    #expect(throws: PlatformError.missing(path: lost)) { try AtomicFile(path: lost) }
  }

  @Test func `names are listed in the order of their bytes`() throws {
    for name in ["b", "a", "Z", "é"] { try store("", as: name) }
    #expect(try Folder.names(in: folder.path) == ["Z", "a", "b", "é"])
    #expect(throws: PlatformError.isNoFolder(path: folder.file("a"))) {
      try Folder.names(in: folder.file("a"))
    }
  }

  @Test func `a message says what is wrong and how to mend it`() {
    #expect(
      PlatformError.missing(path: "x.csv").description
        == "there is no file or folder `x.csv`\n  fix: check the path")
  }
}
