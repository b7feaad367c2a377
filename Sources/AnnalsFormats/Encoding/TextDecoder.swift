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
    /// Of single bytes, the scalar of each.
    case table([UInt32])
    case utf16(isLowFirst: Bool)
  }

  private let file: String
  private let encoding: TextEncoding
  private var form = Form.undecided
  /// A byte that means nothing without the next one.
  private var waiting: UInt8?
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
      try output.reserve(3 * (count + 2) + Lane<UInt8>.padding)
    }
    var start = 0
    if case .undecided = form, count > 0 {
      guard let first = waiting ?? (count > 1 ? input[0] : nil) else { return waiting = input[0] }
      start = waiting == nil ? 2 : 1
      try decide(first, input[start - 1], output)
    }
    if case .utf8 = form {
      Lane(output).copy(from: input, start, length: count - start, to: output.count)
      return output.extend(by: count - start)
    }
    guard start < count else { return }
    if case .table(let table) = form { return take(input, start..<count, by: table, output) }
    for index in start..<count { try take(input[index], output) }
  }

  func finish() throws(FormatsError) {
    if case .undecided = form { return }
    guard waiting == nil, high == nil else { throw wrong }
  }

  /// Takes text of a single byte, which tells of no encoding.
  func rest(into output: GrowingBuffer<UInt8>) throws(FormatsError) {
    guard case .undecided = form, let byte = waiting else { return }
    try FormatsError.catching { () throws(EngineError) in try output.reserve(8) }
    try decide(byte, nil, output)
  }

  /// Decides by the first bytes, and takes those that are text.
  private func decide(
    _ first: UInt8, _ second: UInt8?, _ output: GrowingBuffer<UInt8>
  ) throws(FormatsError) {
    waiting = nil
    switch (first, second) {
    case (0xFF, 0xFE), (0xFE, 0xFF):
      form = .utf16(isLowFirst: first == 0xFF)
      return position = 2
    default: break
    }
    switch encoding {
    case .utf8: form = .utf8
    case .utf16: form = .utf16(isLowFirst: true)
    case .latin1: form = .table((0...255).map { $0 })
    case .windows1252: form = .table((0...255).map(Self.windows1252))
    }
    try take(first, output)
    if let second { try take(second, output) }
  }

  /// Takes one byte; there is room for what it becomes.
  private func take(_ byte: UInt8, _ output: GrowingBuffer<UInt8>) throws(FormatsError) {
    position += 1
    switch form {
    case .undecided, .utf8:
      Lane(output)[output.count] = byte
      output.extend(by: 1)
    case .table(let table): append(table[Int(byte)], output)
    case .utf16(let isLowFirst):
      guard let first = waiting else { return waiting = byte }
      waiting = nil
      let (low, high) = isLowFirst ? (first, byte) : (byte, first)
      try take(unit: UInt32(high) << 8 | UInt32(low), output)
    }
  }

  private func take(unit: UInt32, _ output: GrowingBuffer<UInt8>) throws(FormatsError) {
    switch (high, unit) {
    case (nil, 0xD800..<0xDC00): high = unit
    case (let first?, 0xDC00..<0xE000):
      high = nil
      append(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00), output)
    case (nil, 0xDC00..<0xE000), (.some, _): throw wrong
    case (nil, _): append(unit, output)
    }
  }

  /// Takes bytes of which each is a scalar.
  private func take(
    _ input: Lane<UInt8>, _ range: Range<Int>, by table: [UInt32], _ output: GrowingBuffer<UInt8>
  ) {
    let target = Lane(output)
    var end = output.count
    for index in range {
      let byte = input[index]
      if byte < 0x80 {
        target[end] = byte
        end += 1
      } else {
        end += Self.write(table[Int(byte)], to: target, end)
      }
    }
    output.extend(by: end - output.count)
    position += range.count
  }

  private func append(_ scalar: UInt32, _ output: GrowingBuffer<UInt8>) {
    output.extend(by: Self.write(scalar, to: Lane(output), output.count))
  }

  /// Writes the UTF-8 of a scalar, which is none of a pair's halves, and returns its length.
  private static func write(_ scalar: UInt32, to target: Lane<UInt8>, _ start: Int) -> Int {
    let length = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
    var rest = scalar
    for index in stride(from: length - 1, to: 0, by: -1) {
      target[start + index] = 0x80 | UInt8(truncatingIfNeeded: rest & 0x3F)
      rest >>= 6
    }
    let marks: UInt32 = length == 1 ? 0 : 0xF00 >> UInt32(length) & 0xFF
    target[start] = UInt8(truncatingIfNeeded: marks | rest)
    return length
  }

  private var wrong: FormatsError {
    .wrongEncoding(file: file, encoding: found, position: position)
  }

  /// The scalar of a byte; five bytes that Windows leaves open are the controls of that number.
  ///
  /// Source: WHATWG Encoding Standard, index windows-1252.
  private static func windows1252(_ byte: UInt32) -> UInt32 {
    guard (0x80...0x9F).contains(byte) else { return byte }
    return [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ][Int(byte) - 0x80]
  }
}
