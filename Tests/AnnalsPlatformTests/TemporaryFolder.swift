import AnnalsPlatform
import Glibc
import Testing

/// A folder for one test, removed with all that stands in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var name = ""
    repeat { name = "/tmp/annals-test-\(UInt32.random(in: 0 ... .max))" } while !Self.make(name)
    path = name
  }

  deinit { Self.removeAll(path) }

  /// The path of a file in it.
  func file(_ name: String) -> String { path + "/" + name }

  /// Stores a file in it.
  func store(_ text: String, as name: String) throws {
    let target = try AtomicFile(path: file(name))
    try target.write(Array(text.utf8).span)
    try target.finish()
  }

  /// What a file in it holds.
  func contents(_ name: String) throws -> String {
    String(decoding: try FileReader.contents(of: file(name), byteLimit: 1000), as: UTF8.self)
  }

  /// Makes a folder in it.
  func makeFolder(_ name: String) throws { try #require(Self.make(file(name))) }

  /// Makes a link in it.
  func link(_ name: String, to target: String) throws {
    // SAFETY: both paths are C strings for the length of the call.
    let code = unsafe symlink(target, file(name))
    try #require(code == 0)
  }

  /// Gives what stands in it another name.
  func rename(_ name: String, to newName: String) throws {
    // SAFETY: both paths are C strings for the length of the call.
    let code = unsafe Glibc.rename(file(name), file(newName))
    try #require(code == 0)
  }

  private static func make(_ path: String) -> Bool {
    // SAFETY: the path is a C string for the length of the call.
    unsafe mkdir(path, 0o700) == 0
  }

  private static func removeAll(_ path: String) {
    for name in (try? Folder.names(in: path)) ?? [] {
      let inner = path + "/" + name
      // SAFETY: the path is a C string for the length of the call.
      if unsafe unlink(inner) != 0 { removeAll(inner) }
    }
    // SAFETY: as above.
    _ = unsafe rmdir(path)
  }
}
