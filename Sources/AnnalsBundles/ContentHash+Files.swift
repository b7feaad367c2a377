internal import Crypto
import AnnalsPlatform

extension ContentHash {
  /// The SHA-256 of a dataset: of a file that of its bytes; of a folder that of the lines that
  /// `sha256sum` prints for all files in it, by the order of the bytes of their paths within the folder.
  ///
  /// Names that begin with a point are no part of a folder.
  package init(ofDataset path: String) throws(BundlesError) {
    do throws(PlatformError) {
      guard FileKind(at: path) == .folder else {
        self = try Self.hash(ofFile: path)
        return
      }
      var lines: [UInt8] = []
      for name in try Self.files(in: path, "", depth: 0).sorted(by: Self.precedes) {
        lines += Array((try Self.hash(ofFile: path + "/" + name).text + "  " + name + "\n").utf8)
      }
      self.init(of: lines)
    } catch {
      throw .platform(cause: error)
    }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func files(
    in root: String, _ prefix: String, depth: Int
  ) throws(PlatformError) -> [String] {
    guard depth < BundleBounds.depth else { throw .impossibleName(path: root + "/" + prefix) }
    var files: [String] = []
    let names = try Folder.names(in: root + "/" + prefix, refusesBadNames: true)
    for name in names where !name.hasPrefix(".") {
      let path = prefix + name
      if FileKind(at: root + "/" + path) == .folder {
        files += try Self.files(in: root, path + "/", depth: depth + 1)
      } else {
        files.append(path)
      }
    }
    return files
  }

  private static func hash(ofFile path: String) throws(PlatformError) -> ContentHash {
    let reader = try FileReader(path: path)
    var hash = SHA256()
    while true {
      let piece = try reader.next()
      if piece.isEmpty { return ContentHash(bytes: hash.finalize()) }
      hash.update(data: piece)
    }
  }
}
