import AnnalsEngine

/// Turns text of an encoding into UTF-8.
///
/// What says that it is UTF-16 by a byte order mark is taken for that, whatever the encoding is that was
/// given. UTF-8 is handed on as it is; the reader of the file checks it.
final class TextDecoder: ByteDecoder {
  private enum Form {
    /// Of two bytes, the first bytes are not there yet.
    case undecided
    case utf8
    case table([[UInt8]])
    case utf16(isLowFirst: Bool)
  }

  private let file: String
  private let encoding: TextEncoding
  private var form = Form.undecided
  /// Bytes that mean nothing without the next ones.
  private var waiting: [UInt8] = []
  /// The first half of a pair.
  private var high: UInt32?
  /// How many bytes were taken.
  private var position = 0

  init(_ encoding: TextEncoding, file: String) {
    self.encoding = encoding
    self.file = file
  }

  /// What the text turned out to be written in.
  var found: TextEncoding {
    if case .utf16 = form { return .utf16 }
    return encoding
  }

  func decode(
    _ input: Lane<UInt8>, count: Int, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) {
    // A byte of a single-byte encoding becomes three at most, and two of UTF-16 do.
    try FormatsError.catching { () throws(EngineError) in
      try output.reserve(3 * (count + waiting.count) + Lane<UInt8>.padding)
    }
    var start = 0
    if case .undecided = form {
      while waiting.count < 2, start < count {
        waiting.append(input[start])
        start += 1
      }
      guard waiting.count == 2 else { return }
      let first = decide()
      for byte in first { try take(byte, output) }
    }
    if case .utf8 = form {
      Lane(output).copy(from: input, start, length: count - start, to: output.count)
      return output.extend(by: count - start)
    }
    for index in start..<max(start, count) { try take(input[index], output) }
  }

  func finish() throws(FormatsError) {
    if case .undecided = form { return }
    guard waiting.isEmpty, high == nil else { throw wrong }
  }

  /// Text of a single byte, which tells of no encoding.
  func rest(into output: GrowingBuffer<UInt8>) throws(FormatsError) {
    guard case .undecided = form, !waiting.isEmpty else { return }
    try FormatsError.catching { () throws(EngineError) in try output.reserve(8) }
    for byte in decide() { try take(byte, output) }
  }

  /// Decides by the first bytes, and returns those that are text.
  private func decide() -> [UInt8] {
    let first = waiting
    waiting = []
    if first == [0xFF, 0xFE] || first == [0xFE, 0xFF] {
      form = .utf16(isLowFirst: first[0] == 0xFF)
      position = 2
      return []
    }
    switch encoding {
    case .utf8: form = .utf8
    case .utf16: form = .utf16(isLowFirst: true)
    case .latin1: form = .table((0...255).map { Self.utf8(UInt32($0)) })
    case .windows1252: form = .table((0...255).map { Self.utf8(Self.windows1252(UInt8($0))) })
    }
    return first
  }

  /// Takes one byte; there is room for what it becomes.
  private func take(_ byte: UInt8, _ output: GrowingBuffer<UInt8>) throws(FormatsError) {
    position += 1
    switch form {
    case .undecided, .utf8: append([byte], output)
    case .table(let table): append(table[Int(byte)], output)
    case .utf16(let isLowFirst):
      guard let first = waiting.first else { return waiting = [byte] }
      waiting = []
      let (low, high) = isLowFirst ? (first, byte) : (byte, first)
      try take(unit: UInt32(high) << 8 | UInt32(low), output)
    }
  }

  private func take(unit: UInt32, _ output: GrowingBuffer<UInt8>) throws(FormatsError) {
    switch (high, unit) {
    case (nil, 0xD800..<0xDC00): high = unit
    case (let first?, 0xDC00..<0xE000):
      high = nil
      append(Self.utf8(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00)), output)
    case (nil, 0xDC00..<0xE000), (.some, _): throw wrong
    case (nil, _): append(Self.utf8(unit), output)
    }
  }

  private func append(_ bytes: [UInt8], _ output: GrowingBuffer<UInt8>) {
    let target = Lane(output)
    for (index, byte) in bytes.enumerated() { target[output.count + index] = byte }
    output.extend(by: bytes.count)
  }

  private var wrong: FormatsError {
    .wrongEncoding(file: file, encoding: found, position: position)
  }

  private static func utf8(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? [0xEF, 0xBF, 0xBD]
  }

  /// The scalar of a byte; five bytes that Windows leaves open are the controls of that number.
  ///
  /// Source: WHATWG Encoding Standard, index windows-1252.
  private static func windows1252(_ byte: UInt8) -> UInt32 {
    guard (0x80...0x9F).contains(byte) else { return UInt32(byte) }
    return [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ][Int(byte) - 0x80]
  }
}
