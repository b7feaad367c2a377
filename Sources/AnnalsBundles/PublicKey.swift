/// An Ed25519 key that signatures are checked with. Anybody may know it.
public struct PublicKey: Hashable, Sendable {
  static let byteCount = 32
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads 64 hexadecimal digits in lower case; nil for what is none, and for keys that vouch for nothing:
  /// those for which one signature fits everything, and second spellings of other keys.
  public init?(_ text: some StringProtocol) {
    guard let bytes = HexText.bytes(of: text, count: Self.byteCount), Self.isSound(bytes) else {
      return nil
    }
    self.bytes = bytes
  }

  /// Whether the y of the point is below 2^255 - 19, and the point is not of small order.
  ///
  /// Source: RFC 8032, section 5.1.3. The highest bit is the sign of x.
  private static func isSound(_ bytes: [UInt8]) -> Bool {
    var y = bytes
    y[31] &= 0x7F
    if y[31] == 0x7F, y[1..<31].allSatisfy({ $0 == 0xFF }), y[0] >= 0xED { return false }
    return !smallOrder.contains(HexText.text(of: y))
  }

  /// The y of the points of order 4, 1, 2, 8 and 8.
  private static let smallOrder: Set<String> = [
    String(repeating: "0", count: 64),
    "01" + String(repeating: "0", count: 62),
    "ec" + String(repeating: "f", count: 60) + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  ]

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
