import AnnalsPlatform
import Glibc
import Testing

@Suite struct MappedFileTests {
  let folder = TemporaryFolder()

  @Test func `a mapped file has the bytes of the file`() throws {
    try folder.store("one two", as: "t")
    let file = try MappedFile(path: folder.file("t"))
    #expect(file.path == folder.file("t"))
    #expect(Self.text(file) == "one two")
  }

  @Test func `a file that was replaced by a rename stays as it was`() throws {
    try folder.store("one two", as: "t")
    let file = try MappedFile(path: folder.file("t"))
    try folder.store("x", as: "t")
    #expect(Self.text(file) == "one two")
  }

  @Test func `what can't be mapped is refused`() throws {
    try folder.store("", as: "e")
    let empty = folder.file("e")
    #expect(throws: PlatformError.isEmpty(path: empty)) { try MappedFile(path: empty) }
    #expect(throws: PlatformError.isFolder(path: folder.path)) {
      try MappedFile(path: folder.path)
    }
    #expect(throws: PlatformError.isNoFile(path: "/dev/null")) {
      try MappedFile(path: "/dev/null")
    }
  }

  @Test func `a file outside of what is granted is not mapped`() throws {
    try folder.store("one", as: "t")
    let path = folder.file("t")
    #expect(throws: PlatformError.notGranted(path: path, action: .read)) {
      try MappedFile(path: path, access: .none)
    }
    #expect(
      Self.text(try MappedFile(path: path, access: .folders([GrantedFolder(path: folder.path)])))
        == "one")
  }

  @Test func `a file that becomes shorter ends the process when its lost bytes are read`()
    async throws
  {
    let result = await #expect(
      processExitsWith: .exitCode(2), observing: [\.standardErrorContent]
    ) {
      let folder = TemporaryFolder()
      try folder.store("one two", as: "t")
      let file = try MappedFile(path: folder.file("t"))
      // SAFETY: the path is a C string for the length of the call.
      _ = unsafe truncate(file.path, 0)
      _ = Self.text(file)
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("/t` became shorter while it was read\n  fix: leave it alone"))
  }

  @Test func `a bus error elsewhere is not taken for a mapped file's`() async {
    await #expect(processExitsWith: .signal(SIGBUS)) {
      let folder = TemporaryFolder()
      try folder.store("one two", as: "t")
      let file = try MappedFile(path: folder.file("t"))
      _ = Glibc.raise(SIGBUS)
      // The handler before, the system's, is at work again.
      _ = Glibc.raise(SIGBUS)
      _ = Self.text(file)
    }
  }

  private static func text(_ file: MappedFile) -> String {
    // SAFETY: the mapping holds its bytes as long as `file` lives.
    unsafe String(
      decoding: UnsafeRawBufferPointer(start: file.start, count: file.byteCount), as: UTF8.self)
  }
}
