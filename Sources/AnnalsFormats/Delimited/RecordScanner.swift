import AnnalsEngine
import CAnnalsKernels

/// Reads one record of delimited text a byte at a time, whatever is wrong with it.
///
/// The rules are those of RFC 4180; beyond them LF, CR LF and CR end a line. It reads on past flaws and
/// tells them, so that all of them can be reported together. ``FieldIndex`` is quicker, and stops at
/// the first flaw.
final class RecordScanner {
  /// The first thing that is wrong with a field.
  enum Flaw {
    /// A quote in a field that does not start with one.
    case strayQuote
    /// Something between a closing quote and the next delimiter.
    case textAfterQuote
    /// The file ends within quotes.
    case unterminatedQuote
    case zeroByte
    case badUTF8
  }

  /// How the search for the end of a record went.
  enum Outcome {
    case whole
    /// More bytes are needed to tell where it ends.
    case cut
    /// It passes a limit on its size.
    case tooLong
  }

  private enum State {
    case fieldStart, unquoted, quoted
    /// After a quote within quotes: it closes the field, or is the first half of a doubled one.
    case quoteInQuoted
    /// Behind a closing quote that something other than a delimiter follows.
    case afterQuoted
  }

  /// The most fields of one record.
  static let fieldLimit = 1 << 20

  /// The fields without their quotes, with one byte of no meaning behind each.
  let bytes: GrowingBuffer<UInt8>
  /// Where each field ends, in the form of ``FieldIndex/positions``.
  let positions: GrowingBuffer<UInt32>
  private(set) var flaws: [(field: Int, flaw: Flaw)] = []
  /// Where the next record starts.
  private(set) var end = 0
  /// How many line breaks it holds, with that at its end.
  private(set) var lineCount = 0
  private let dialect: DelimitedDialect
  private let byteLimit: Int
  private var hasQuotes = false
  private var hasHighBytes = false

  init(
    _ dialect: DelimitedDialect, byteLimit: Int, budget: MemoryBudget
  ) throws(EngineError) {
    self.dialect = dialect
    self.byteLimit = byteLimit
    bytes = try GrowingBuffer(budget: budget, capacity: 1024)
    positions = try GrowingBuffer(budget: budget)
  }

  var fieldCount: Int { positions.count - 1 }

  /// Whether it stems from an empty line.
  var isBlank: Bool { fieldCount == 1 && bytes.count == 1 && !hasQuotes }

  /// One field as text, with replacement characters for what is not UTF-8.
  func text(_ field: Int) -> String {
    Lane(bytes).withSpan(fieldStart(field)..<Int(positions[field + 1])) { String(decoding: $0) }
  }

  /// Reads the record that starts at `start`.
  ///
  /// - Parameters:
  ///   - filled: Where the bytes end that are there.
  ///   - isEnd: Whether the file ends with them.
  func scan(
    _ source: Lane<UInt8>, start: Int, filled: Int, isEnd: Bool
  ) throws(EngineError) -> Outcome {
    reset()
    // A doubled quote takes more of the source than of the fields, a field no more than its end.
    try bytes.reserve(min(filled - start, byteLimit) + 1 + Lane<UInt8>.padding)
    var state = State.fieldStart
    var index = start
    while index < filled {
      let byte = source[index]
      if state == .quoted || (state == .quoteInQuoted && byte == dialect.quote) {
        if index - start >= byteLimit { return .tooLong }
        if byte == dialect.quote, state == .quoted {
          state = .quoteInQuoted
        } else {
          state = .quoted
          if isLineBreak(source, index, start) { lineCount += 1 }
          try append(byte)
        }
      } else if byte == 0x0A || byte == 0x0D {
        if byte == 0x0D, index + 1 == filled, !isEnd { return .cut }
        let isPair = byte == 0x0D && index + 1 < filled && source[index + 1] == 0x0A
        return try finish(state, end: index + (isPair ? 2 : 1))
      } else if index - start >= byteLimit {
        return .tooLong
      } else if byte == dialect.delimiter {
        try endField()
        state = .fieldStart
      } else if byte == dialect.quote, state == .fieldStart {
        hasQuotes = true
        state = .quoted
      } else {
        if byte == dialect.quote { note(.strayQuote) }
        if state == .quoteInQuoted { note(.textAfterQuote) }
        state = state == .quoteInQuoted || state == .afterQuoted ? .afterQuoted : .unquoted
        try append(byte)
      }
      index += 1
    }
    guard isEnd else { return .cut }
    return try finish(state, end: filled)
  }

  private func reset() {
    bytes.removeAll()
    positions.removeAll()
    flaws.removeAll(keepingCapacity: true)
    lineCount = 0
    hasQuotes = false
    hasHighBytes = false
  }

  private func finish(_ state: State, end: Int) throws(EngineError) -> Outcome {
    if state == .quoted { note(.unterminatedQuote) }
    try endField()
    lineCount += 1
    self.end = end
    return fieldCount > Self.fieldLimit ? .tooLong : .whole
  }

  /// Whether a byte within quotes breaks the line; an LF behind a CR does not break it again.
  private func isLineBreak(_ source: Lane<UInt8>, _ index: Int, _ start: Int) -> Bool {
    let byte = source[index]
    return byte == 0x0D || (byte == 0x0A && (index == start || source[index - 1] != 0x0D))
  }

  private func append(_ byte: UInt8) throws(EngineError) {
    try bytes.append(byte)
    if byte >= 0x80 { hasHighBytes = true }
    if byte == 0 { note(.zeroByte) }
  }

  /// The first flaw of a field counts.
  private func note(_ flaw: Flaw) {
    let field = max(fieldCount, 0)
    if flaws.last?.field != field { flaws.append((field, flaw)) }
  }

  private func fieldStart(_ field: Int) -> Int { Int(positions[field] &+ 1) }

  private func endField() throws(EngineError) {
    if positions.count == 0 { try positions.append(UInt32.max) }
    if hasHighBytes, !isUTF8(fieldStart(fieldCount)..<bytes.count) { note(.badUTF8) }
    hasHighBytes = false
    try positions.append(UInt32(bytes.count))
    try bytes.append(dialect.delimiter)
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    Lane(bytes).withSpan(range) { (try? UTF8Span(validating: $0)) != nil }
  }
}
