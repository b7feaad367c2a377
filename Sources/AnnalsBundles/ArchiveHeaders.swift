/// What the directory says of a file, once it is known to say nothing unusual.
struct ArchiveEntry {
  let path: String
  /// Where its header begins.
  let offset: Int
  let byteCount: Int
  let checksum: UInt32
}

/// A line of the directory as numbers of two bytes.
struct DirectoryHeader {
  private let numbers: [UInt16]

  /// - Parameter numbers: 23 of them, with the signature.
  init(numbers: [UInt16]) { self.numbers = numbers }

  var nameByteCount: Int { Int(numbers[14]) }
  var storedByteCount: Int { Int(pair(10)) }
  var checksum: UInt32 { pair(8) }
  var offset: Int { Int(pair(21)) }
  /// Name, extra field and comment.
  var byteCount: Int { nameByteCount + Int(numbers[15]) + Int(numbers[16]) }

  /// What no entry of a bundle has; nil if there is nothing.
  var problem: ArchiveProblem? {
    let flags = numbers[4]
    if flags & 1 != 0 || flags & 1 << 6 != 0 || flags & 1 << 13 != 0 { return .encrypted }
    if flags & 1 << 3 != 0 { return .sizeAfterData }
    if flags != 0 { return .flags(flags) }
    if numbers[5] != 0 { return .compressed(method: numbers[5]) }
    if [pair(10), pair(12), pair(21)].contains(0xFFFF_FFFF) { return .zip64 }
    if let kind = kindProblem { return kind }
    if numbers[15] != 0 { return .extraField }
    if numbers[16] != 0 { return .entryComment }
    if numbers[17] != 0 { return .severalDisks }
    if pair(10) != pair(12) {
      return .sizesDiffer(stored: storedByteCount, whole: Int(pair(12)))
    }
    if numbers[6] != ArchiveForm.time || numbers[7] != ArchiveForm.date { return .time }
    if numbers[3] != ArchiveForm.version { return .version }
    return nil
  }

  /// What is no plain file, or has attributes. The upper half of the outer ones is the mode of a file
  /// of Unix.
  private var kindProblem: ArchiveProblem? {
    switch numbers[20] & 0xF000 {
    case 0xA000: return .link
    case 0x4000: return .folder
    case 0x1000, 0x2000, 0x6000, 0xC000: return .special
    default: break
    }
    let isPlain = numbers[2] == ArchiveForm.version && numbers[18...20].allSatisfy { $0 == 0 }
    return isPlain ? nil : .attributes
  }

  private func pair(_ index: Int) -> UInt32 {
    UInt32(numbers[index]) | UInt32(numbers[index + 1]) << 16
  }
}

/// The header of an entry as numbers of two bytes.
struct EntryHeader {
  private let numbers: [UInt16]

  /// - Parameter numbers: 15 of them, with the signature.
  init(numbers: [UInt16]) { self.numbers = numbers }

  /// The first field that is not as the directory has it, which has been checked.
  func difference(from entry: ArchiveEntry) -> String? {
    if numbers[3] != 0 { return "flags" }
    if numbers[4] != 0 { return "compression" }
    if numbers[2] != ArchiveForm.version { return "version" }
    if numbers[5] != ArchiveForm.time || numbers[6] != ArchiveForm.date { return "time" }
    if pair(7) != entry.checksum { return "CRC-32" }
    if pair(9) != UInt32(entry.byteCount) || pair(11) != UInt32(entry.byteCount) { return "size" }
    if Int(numbers[13]) != entry.path.utf8.count { return "name" }
    if numbers[14] != 0 { return "extra field" }
    return nil
  }

  private func pair(_ index: Int) -> UInt32 {
    UInt32(numbers[index]) | UInt32(numbers[index + 1]) << 16
  }
}
