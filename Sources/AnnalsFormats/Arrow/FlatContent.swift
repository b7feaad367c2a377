/// What a FlatBuffer is to hold, and its bytes.
///
/// Source: FlatBuffers, "FlatBuffer Internals". Each table is written with its vtable in front, then
/// what it leads to, so that all offsets lead forward.
indirect enum FlatContent: Sendable {
  /// The fields by number; nil for one that is absent.
  case table([Field?])
  case text(String)
  case tables([FlatContent])
  /// Structs of 64-bit words, so many words each.
  case structs([Int64], width: Int)

  enum Field: Sendable {
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    case content(FlatContent)
  }

  /// The bytes of a FlatBuffer whose root is this table, a multiple of eight.
  var bytes: [UInt8] {
    var writer = Writer()
    writer.write(self)
    return writer.bytes
  }

  private struct Writer {
    var bytes: [UInt8] = []
    /// What is still to be written, and where its offset goes.
    private var waiting: [(place: Int, content: FlatContent)] = []

    mutating func write(_ root: FlatContent) {
      refer(to: root)
      var next = 0
      while next < waiting.count {
        let (place, content) = waiting[next]
        next += 1
        let start = append(content)
        let offset = UInt32(start - place)
        for index in 0..<4 {
          bytes[place + index] = UInt8(truncatingIfNeeded: offset >> UInt32(8 * index))
        }
      }
      pad(to: 8, after: 0)
    }

    /// Appends an offset that is filled in when the content has been written.
    private mutating func refer(to content: FlatContent) {
      waiting.append((bytes.count, content))
      append(0 as UInt32)
    }

    /// Appends what stands for itself and returns where offsets to it lead.
    private mutating func append(_ content: FlatContent) -> Int {
      switch content {
      case .table(let fields): return append(fields)
      case .text(let text):
        pad(to: 4, after: 0)
        let start = bytes.count
        append(UInt32(text.utf8.count))
        bytes += Array(text.utf8) + [0]
        return start
      case .tables(let tables):
        pad(to: 4, after: 0)
        let start = bytes.count
        append(UInt32(tables.count))
        for table in tables { refer(to: table) }
        return start
      case .structs(let words, let width):
        pad(to: 8, after: 4)
        let start = bytes.count
        append(UInt32(words.count / width))
        for word in words { append(word) }
        return start
      }
    }

    private mutating func append(_ fields: [Field?]) -> Int {
      let vtableByteCount = 4 + 2 * fields.count
      pad(to: 8, after: vtableByteCount)
      let vtable = bytes.count
      for _ in 0..<vtableByteCount { bytes.append(0) }
      let table = bytes.count
      append(Int32(vtableByteCount))
      for (number, field) in fields.enumerated() {
        guard let field else { continue }
        pad(to: Self.width(field), after: 0)
        set(UInt16(bytes.count - table), at: vtable + 4 + 2 * number)
        switch field {
        case .byte(let value): bytes.append(value)
        case .short(let value): append(value)
        case .int(let value): append(value)
        case .long(let value): append(value)
        case .content(let content): refer(to: content)
        }
      }
      set(UInt16(vtableByteCount), at: vtable)
      set(UInt16(bytes.count - table), at: vtable + 2)
      return table
    }

    private static func width(_ field: Field) -> Int {
      switch field {
      case .byte: 1
      case .short: 2
      case .int, .content: 4
      case .long: 8
      }
    }

    private mutating func append<T: FixedWidthInteger>(_ value: T) {
      for index in 0..<T.bitWidth / 8 {
        bytes.append(UInt8(truncatingIfNeeded: value >> T(8 * index)))
      }
    }

    private mutating func set(_ value: UInt16, at place: Int) {
      bytes[place] = UInt8(truncatingIfNeeded: value)
      bytes[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }

    /// Appends zeros until the place `byteCount` further on is a multiple of `alignment`.
    private mutating func pad(to alignment: Int, after byteCount: Int) {
      while (bytes.count + byteCount) % alignment != 0 { bytes.append(0) }
    }
  }
}
