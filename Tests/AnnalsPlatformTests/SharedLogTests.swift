import AnnalsPlatform
import Glibc
import Testing

@Suite struct SharedLogTests {
  let folder = TemporaryFolder()

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `lines are added at the end, by several at once`() throws {
    let one = try SharedLog(path: folder.file("log"))
    let other = try SharedLog(path: folder.file("log"))
    try one.append(bytes("a\n"))
    try other.append(bytes("b\n"))
    try one.append(bytes("c\n"))
    #expect(try folder.contents("log") == "a\nb\nc\n")
  }

  @Test func `a line that was torn off is ended first`() throws {
    try folder.store("whole\ntor", as: "log")
    try SharedLog(path: folder.file("log")).append(bytes("next\n"))
    #expect(try folder.contents("log") == "whole\ntor\nnext\n")
  }

  @Test func `the file and its folders are made for their owner alone`() throws {
    let path = folder.file("one/two/log")
    _ = try SharedLog(path: path)
    var status = stat()
    for (name, mode) in [
      (path, 0o600), (folder.file("one/two"), 0o700), (folder.file("one"), 0o700),
    ] {
      // SAFETY: the path is a C string for the length of the call, and `status` is ours.
      #expect(unsafe stat(name, &status) == 0)
      #expect(Int(status.st_mode & 0o777) == mode)
    }
  }

  @Test func `an update is given the last bytes, and may leave all as it is`() throws {
    try folder.store("one\ntwo\n", as: "log")
    let log = try SharedLog(path: folder.file("log"))
    var seen: [UInt8] = []
    try log.update(byteLimit: 5) { last in
      seen = last
      return nil
    }
    #expect(seen == bytes("\ntwo\n"))
    #expect(try folder.contents("log") == "one\ntwo\n")
    try log.update(byteLimit: 100) { _ in bytes("two\n") }
    #expect(try folder.contents("log") == "two\n")
  }

  @Test func `a lock that is not let go is an error, not a wait without end`() throws {
    let log = try SharedLog(path: folder.file("log"))
    let other = try SharedLog(path: folder.file("log"))
    try log.update(byteLimit: 10) { _ in
      #expect(throws: PlatformError.self) { try other.append(bytes("x\n")) }
      return nil
    }
  }

  @Test func `a folder or a file in a folder's place is an error`() throws {
    try folder.makeFolder("log")
    #expect(throws: PlatformError.isFolder(path: folder.file("log"))) {
      try SharedLog(path: folder.file("log"))
    }
    try folder.store("", as: "file")
    #expect(throws: PlatformError.missing(path: folder.file("file/log"))) {
      try SharedLog(path: folder.file("file/log"))
    }
  }
}
