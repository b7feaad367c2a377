import AnnalsPlatform
import Testing

@Suite struct AtomicFileTests {
  let folder = TemporaryFolder()

  @Test func `a file reads back as it was written`() throws {
    try folder.store("fair play", as: "a.txt")
    #expect(try folder.contents("a.txt") == "fair play")
    #expect(try Folder.names(in: folder.path) == ["a.txt"])
  }

  @Test func `a file that is never finished leaves no trace`() throws {
    try folder.store("old", as: "a.txt")
    do {
      let file = try AtomicFile(path: folder.file("a.txt"))
      try file.write(Array("new".utf8).span)
      #expect(try Folder.names(in: folder.path).count == 2)
    }
    #expect(try folder.contents("a.txt") == "old")
    #expect(try Folder.names(in: folder.path) == ["a.txt"])
  }

  @Test func `a process that is given up leaves no trace of files that it has begun`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let folder = TemporaryFolder()
      try folder.store("old", as: "done.txt")
      let files = try ["done.txt", "new.txt"].map { try AtomicFile(path: folder.file($0)) }
      for file in files { try file.write(Array("new".utf8).span) }
      AtomicFile.removeUnfinished()
      guard try Folder.names(in: folder.path) == ["done.txt"],
        try folder.contents("done.txt") == "old", files.count == 2
      else { abandonProcess(status: 1) }
      abandonProcess(status: 7)
    }
  }

  @Test func `a file cannot be written over a folder, into a missing one or into a file`() throws {
    #expect(throws: PlatformError.isFolder(path: folder.path)) { try AtomicFile(path: folder.path) }
    let lost = folder.file("none/a.txt")
    let missing = PlatformError.missingFolder(path: lost, folder: folder.file("none"))
    #expect(throws: missing) { try AtomicFile(path: lost) }
    try folder.store("old", as: "a.txt")
    #expect(throws: PlatformError.isNoFolder(path: folder.file("a.txt"))) {
      try AtomicFile(path: folder.file("a.txt/b.txt"))
    }
  }
}
