/// An Ed25519 key that signatures are checked with. Anybody may know it.
public struct PublicKey: Hashable, Sendable {
  static let byteCount = 32
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads 64 hexadecimal digits in lower case; nil for what is none.
  public init?(_ text: some StringProtocol) {
    guard let bytes = HexText.bytes(of: text, count: Self.byteCount) else { return nil }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in lower case.
  public var text: String { HexText.text(of: bytes) }

  /// What people call it and read out to one another: six words of five letters for the first 96 bits of
  /// its SHA-256.
  ///
  /// Source: D. S. Wilkerson, "A Proposal for Proquints: Identifiers that are Readable, Spellable, and
  /// Pronounceable", arXiv:0901.4016, section 2.
  public var id: String {
    let hash = HexText.bytes(of: ContentHash(of: bytes).text, count: 32) ?? []
    let words = (0..<6).map { UInt16(hash[2 * $0]) << 8 | UInt16(hash[2 * $0 + 1]) }
    return words.map(Self.word).joined(separator: "-")
  }

  private static let consonants = Array("bdfghjklmnprstvz")
  private static let vowels = Array("aiou")

  /// Consonant, vowel, consonant, vowel, consonant, of 4, 2, 4, 2 and 4 bits.
  private static func word(_ bits: UInt16) -> String {
    String([
      consonants[Int(bits >> 12)], vowels[Int(bits >> 10 & 3)], consonants[Int(bits >> 6 & 15)],
      vowels[Int(bits >> 4 & 3)], consonants[Int(bits & 15)],
    ])
  }
}
