internal import Crypto

/// The SHA-256 of bytes, by which bundles name what a file holds.
public struct ContentHash: Hashable, Sendable {
  /// 64 hexadecimal digits in lower case.
  public let text: String

  /// Hashes bytes.
  public init(of bytes: [UInt8]) { self.init(bytes: SHA256.hash(data: bytes)) }

  /// A hash that has been worked out.
  init(bytes: some Sequence<UInt8>) { text = HexText.text(of: bytes) }

  /// Reads a hash; nil for what is not 64 hexadecimal digits in lower case.
  init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.text = text
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
