import Glibc

/// A folder for files that are needed for a moment. It is the user's alone, and gone with its owner.
package final class ScratchFolder {
  package let path: String

  /// Makes a folder where `TMPDIR` says, else in `/tmp`.
  package init() throws(PlatformError) {
    let place = Environment.value("TMPDIR") ?? ""
    let base = (place.isEmpty ? "/tmp" : place) + "/annals-XXXXXX"
    try PlatformError.checkName(base)
    var name = Array(base.utf8CString)
    // SAFETY: `name` is ours, ends with a zero byte, and keeps its length.
    let isMade = unsafe name.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard isMade else { throw PlatformError(code: errno, path: base, action: .write) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Folder.remove(path) }

  /// Writes a file; `name` may lie in folders, which are made.
  package func write(_ bytes: [UInt8], to name: String) throws(PlatformError) {
    let path = path + "/" + name
    if let slash = path.lastIndex(of: "/") { try Folder.make(String(path[..<slash])) }
    let file = try AtomicFile(path: path)
    try file.write(bytes.span)
    try file.finish()
  }
}
