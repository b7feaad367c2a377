/// What the path of a file in a bundle may look like, so that it means one file on every system.
///
/// Parts are of ASCII letters, digits, `_`, `-` and `.`, with `/` between them. No part begins with a
/// point or `-`, ends with a point, or is a device's name of Windows.
enum BundlePath {
  /// What is wrong with a path; nil if nothing is.
  static func problem(of path: String) -> FileProblem? {
    if path.isEmpty { return .emptyPath }
    if path.utf8.count > BundleBounds.pathByteCount { return .longPath }
    if path.utf8.contains(0) { return .zeroByte }
    if path.utf8.contains(UInt8(ascii: "\\")) { return .backslash }
    if path.hasPrefix("/") { return .absolutePath }
    if path.hasSuffix("/") { return .folder }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains("..") { return .leadsOut }
    if parts.contains(".") || parts.contains("") { return .emptyPart }
    if parts.count > BundleBounds.depth { return .deepPath }
    for part in parts {
      if let problem = problem(ofPart: part) { return problem }
    }
    return nil
  }

  private static func problem(ofPart part: Substring) -> FileProblem? {
    if part.utf8.first == UInt8(ascii: ".") { return .hidden }
    if part.utf8.contains(UInt8(ascii: ":")) { return .drive }
    guard part.utf8.allSatisfy(isLetter), part.utf8.first != UInt8(ascii: "-") else {
      return .unportableCharacter
    }
    if part.utf8.last == UInt8(ascii: ".") { return .endsWithPoint }
    let stem = part.prefix { $0 != "." }
    return isDevice(stem.lowercased()) ? .deviceName : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Source: Microsoft, "Naming Files, Paths, and Namespaces", section Naming Conventions.
  private static func isDevice(_ stem: String) -> Bool {
    if ["con", "prn", "aux", "nul"].contains(stem) { return true }
    guard stem.utf8.count == 4, stem.hasPrefix("com") || stem.hasPrefix("lpt") else { return false }
    return stem.utf8.last.map { (0x31...0x39).contains($0) } ?? false
  }
}

/// How large a bundle may be. Part of the format: another program refuses the same.
package enum BundleBounds {
  /// Bytes of the whole file.
  package static let archiveByteCount = 256 << 20
  /// Bytes of one file in it.
  package static let fileByteCount = 128 << 20
  package static let manifestByteCount = 1 << 20
  package static let fileCount = 4096
  /// Parts of a path: seven folders and a name.
  package static let depth = 8
  package static let pathByteCount = 200
}
