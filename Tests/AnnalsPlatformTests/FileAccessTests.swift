import AnnalsPlatform
import Glibc
import Testing

@Suite struct FileAccessTests {
  let folder = TemporaryFolder()
  let outside = TemporaryFolder()

  init() throws {
    try folder.store("in", as: "in.csv")
    try outside.store("out", as: "out.csv")
    try folder.makeFolder("deep")
    try folder.store("deep", as: "deep/deep.csv")
    try folder.link("file.csv", to: outside.file("out.csv"))
    try folder.link("folder", to: outside.path)
  }

  /// By the system's call, and folder by folder where there is none.
  func access(_ walks: Bool) throws -> FileAccess {
    .folders([try GrantedFolder(path: folder.path, walks: walks)])
  }

  func contents(_ path: String, _ access: FileAccess) throws -> String {
    String(
      decoding: try FileReader.contents(of: path, access: access, byteLimit: 100), as: UTF8.self)
  }

  @Test(arguments: [false, true])
  func `what lies in a granted folder is read`(walks: Bool) throws {
    let access = try access(walks)
    #expect(try contents(folder.file("in.csv"), access) == "in")
    #expect(try contents(folder.file("deep/deep.csv"), access) == "deep")
    #expect(try contents(folder.file("./deep//../in.csv"), access) == "in")
    #expect(try access.kind(of: folder.file("deep")) == .folder)
    #expect(try access.kind(of: folder.path) == .folder)
    #expect(try access.kind(of: folder.file("in.csv")) == .file)
    #expect(try access.kind(of: folder.file("none.csv")) == nil)
  }

  @Test(arguments: [false, true])
  func `nothing outside of a granted folder is read`(walks: Bool) throws {
    let access = try access(walks)
    let outsideName = outside.path.split(separator: "/").last ?? ""
    for path in [
      outside.file("out.csv"), "/etc/passwd", "in.csv", folder.file("../\(outsideName)/out.csv"),
      folder.file("file.csv"), folder.file("folder/out.csv"), folder.path + "x/in.csv",
      folder.file("folder/../in.csv/../../etc"),
    ] {
      #expect(throws: PlatformError.notGranted(path: path, action: .read)) {
        try FileReader(path: path, access: access)
      }
    }
    #expect(throws: PlatformError.notGranted(path: outside.path, action: .read)) {
      try access.kind(of: outside.path)
    }
  }

  @Test(arguments: [false, true])
  func `a link that stays in a granted folder is followed only by a call that checks it`(
    walks: Bool
  ) throws {
    try folder.link("near.csv", to: "deep/deep.csv")
    let path = folder.file("near.csv")
    let access = try access(walks)
    guard walks else {
      #expect(try contents(path, access) == "deep")
      return
    }
    #expect(throws: PlatformError.notGranted(path: path, action: .read)) {
      try FileReader(path: path, access: access)
    }
  }

  @Test func `a granted folder stays the same when its path leads elsewhere`() throws {
    let granted = TemporaryFolder()
    try granted.makeFolder("a")
    try granted.store("a", as: "a/x.csv")
    let access = FileAccess.folders([try GrantedFolder(path: granted.file("a"))])
    try granted.rename("a", to: "b")
    try granted.link("a", to: outside.path)
    #expect(try contents(granted.file("a/x.csv"), access) == "a")
  }

  @Test func `without any folder nothing is read`() {
    #expect(throws: PlatformError.notGranted(path: folder.file("in.csv"), action: .read)) {
      try FileReader(path: folder.file("in.csv"), access: .none)
    }
  }

  @Test(arguments: [false, true])
  func `files are written in a granted folder and nowhere else`(walks: Bool) throws {
    let access = try access(walks)
    let file = try AtomicFile(path: folder.file("deep/new.csv"), access: access)
    try file.write(Array("new".utf8).span)
    try file.finish()
    #expect(try folder.contents("deep/new.csv") == "new")
    for path in [outside.file("new.csv"), folder.file("folder/new.csv"), "new.csv"] {
      #expect(throws: PlatformError.notGranted(path: path, action: .write)) {
        try AtomicFile(path: path, access: access)
      }
    }
    #expect(try Folder.names(in: outside.path) == ["out.csv"])
  }

  @Test func `a written file takes the place of a link and leaves its target alone`() throws {
    let file = try AtomicFile(path: folder.file("file.csv"), access: try access(false))
    try file.write(Array("new".utf8).span)
    try file.finish()
    #expect(try folder.contents("file.csv") == "new")
    #expect(try outside.contents("out.csv") == "out")
  }
}
