/// The headers of a zip file as bundles have them: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.7, 4.3.12
/// and 4.3.16, with every field that nothing depends on at one value.
struct ArchiveForm {
  static let entrySignature: UInt32 = 0x0403_4B50
  static let directorySignature: UInt32 = 0x0201_4B50
  static let endSignature: UInt32 = 0x0605_4B50
  static let zip64LocatorSignature: UInt32 = 0x0706_4B50

  static let entryByteCount = 30
  static let directoryByteCount = 46
  static let endByteCount = 22

  /// Version 1.0 of zip: stored entries, no folders.
  static let version: UInt16 = 10
  /// 1980-01-01, the first day that zip knows, at midnight.
  static let date: UInt16 = 1 << 5 | 1
  static let time: UInt16 = 0
}

/// Bytes with the numbers of a zip file: the lowest byte first.
struct ArchiveBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func append(_ value: UInt32) {
    append(UInt16(truncatingIfNeeded: value))
    append(UInt16(truncatingIfNeeded: value >> 16))
  }

  mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func reserve(_ byteCount: Int) { bytes.reserveCapacity(byteCount) }
}
