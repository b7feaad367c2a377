/// Makes zip files, also ones that lie: written from APPNOTE.TXT, and not from the code under test.
struct ZipMaker {
  /// The fields of a header, which a test may set to anything.
  struct Header {
    var signature: UInt32
    var madeBy: UInt16 = 10
    var version: UInt16 = 10
    var flags: UInt16 = 0
    var method: UInt16 = 0
    var time: UInt16 = 0
    var date: UInt16 = 0x21
    var checksum: UInt32
    var storedSize: UInt32
    var size: UInt32
    var name: [UInt8]
    var nameCount: UInt16?
    var extra: [UInt8] = []
    var comment: [UInt8] = []
    var disk: UInt16 = 0
    var innerAttributes: UInt16 = 0
    var outerAttributes: UInt32 = 0
    var offset: UInt32?
  }

  struct Entry {
    var local: Header
    var central: Header
    var data: [UInt8]
    /// Bytes between the entry before and this one.
    var gap: [UInt8] = []

    init(_ name: String, _ text: String) { self.init(Array(name.utf8), Array(text.utf8)) }

    init(_ name: [UInt8], _ data: [UInt8]) {
      let size = UInt32(data.count)
      local = Header(
        signature: 0x0403_4B50, checksum: ZipMaker.crc(data), storedSize: size, size: size,
        name: name)
      central = local
      central.signature = 0x0201_4B50
      self.data = data
    }

    /// Changes both headers.
    mutating func both(_ change: (inout Header) -> Void) {
      change(&local)
      change(&central)
    }
  }

  var entries: [Entry]
  var before: [UInt8] = []
  var beforeDirectory: [UInt8] = []
  var beforeEnd: [UInt8] = []
  var after: [UInt8] = []
  /// Disk, disk of the directory, entries here, entries in all.
  var endNumbers: [UInt16]?
  var directorySize: UInt32?
  var directoryOffset: UInt32?
  var comment: [UInt8] = []

  init(_ files: [(name: String, text: String)]) { entries = files.map { Entry($0.name, $0.text) } }

  var bytes: [UInt8] {
    var output = before
    var directory: [UInt8] = []
    for entry in entries {
      output += entry.gap
      var central = entry.central
      central.offset = central.offset ?? UInt32(output.count)
      output += Self.local(entry.local) + entry.data
      directory += Self.central(central)
    }
    output += beforeDirectory
    let offset = UInt32(output.count)
    output += directory + beforeEnd
    let count = UInt16(entries.count)
    output += Self.little(0x0605_4B50 as UInt32)
    output += (endNumbers ?? [0, 0, count, count]).flatMap { Self.little($0) }
    output += Self.little(directorySize ?? UInt32(directory.count))
    output += Self.little(directoryOffset ?? offset)
    return output + Self.little(UInt16(comment.count)) + comment + after
  }

  private static func local(_ header: Header) -> [UInt8] {
    little(header.signature) + middle(header) + header.name + header.extra
  }

  private static func central(_ header: Header) -> [UInt8] {
    little(header.signature) + little(header.madeBy) + middle(header)
      + little(UInt16(header.comment.count)) + little(header.disk)
      + little(header.innerAttributes) + little(header.outerAttributes)
      + little(header.offset ?? 0) + header.name + header.extra + header.comment
  }

  private static func middle(_ header: Header) -> [UInt8] {
    var bytes = little(header.version) + little(header.flags) + little(header.method)
    bytes += little(header.time) + little(header.date) + little(header.checksum)
    bytes += little(header.storedSize) + little(header.size)
    return bytes + little(header.nameCount ?? UInt16(header.name.count))
      + little(UInt16(header.extra.count))
  }

  static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// CRC-32 bit by bit.
  static func crc(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }
    return ~value
  }
}
