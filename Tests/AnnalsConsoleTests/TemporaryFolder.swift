import Glibc

/// A folder for one test, removed with the history that stands in it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var name = ""
    // SAFETY: the path is a C string for the length of the call.
    repeat {
      name = "/tmp/annals-console-\(UInt32.random(in: 0 ... .max))"
    } while unsafe mkdir(
      name, 0o700) != 0
    path = name
  }

  deinit {
    for name in ["/state/history", "/state", ""] {
      // SAFETY: the path is a C string for the length of the call.
      unsafe _ = remove(path + name)
    }
  }
}
