internal import Crypto

/// Who vouches for a bundle: a key, and its Ed25519 signature of the bundle's hash.
public struct BundleSignature: Hashable, Sendable {
  /// Where it stands in a packed bundle. A folder has none: its files may change.
  package static let path = "bundle.sig"
  private static let byteCount = 64
  /// Every file of the right form is shorter.
  private static let fileByteCount = 1024

  public let key: PublicKey
  let bytes: [UInt8]

  init(key: PublicKey, bytes: [UInt8]) {
    self.key = key
    self.bytes = bytes
  }

  /// Reads a file of the one form that ``text`` gives; nil for any other.
  init?(file: [UInt8]) {
    guard file.count < Self.fileByteCount else { return nil }
    let parts = String(decoding: file, as: UTF8.self)
      .split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count == 11, let key = PublicKey(parts[5]),
      let bytes = HexText.bytes(of: parts[9], count: Self.byteCount)
    else { return nil }
    self.init(key: key, bytes: bytes)
    guard Array(text.utf8) == file else { return nil }
  }

  /// The file.
  var text: String {
    """
    {
      "format": 1,
      "key": "\(key.text)",
      "signature": "\(HexText.text(of: bytes))"
    }

    """
  }

  /// Whether the key signed a bundle of this hash.
  func isValid(for hash: ContentHash) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes) else {
      return false
    }
    return key.isValidSignature(bytes, for: Self.message(for: hash))
  }

  /// What is signed. The first words keep it from being taken for anything else.
  static func message(for hash: ContentHash) -> [UInt8] {
    Array("annals bundle signature 1\n\(hash.text)\n".utf8)
  }
}
