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
    /// As that, where the quote is opened on the last line, at whose end it is closed then.
    case quoteOpenOnLastLine
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
  private let stop: StopFlag

  init(
    _ dialect: DelimitedDialect, byteLimit: Int, stop: StopFlag, budget: MemoryBudget
  ) throws(EngineError) {
    self.dialect = dialect
    self.stop = stop
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
    // Each byte of the source gives at most one, and the end one more.
    let limit = start + min(filled - start, byteLimit)
    try bytes.reserve(limit - start + 1 + Lane<UInt8>.padding)
    let (target, quote, delimiter) = (Lane(bytes), dialect.quote, dialect.delimiter)
    var (state, index, count) = (State.fieldStart, start, 0)
    var isHigh = false
    while index < filled {
      let byte = source[index]
      if byte == 0x0A || byte == 0x0D, state != .quoted {
        if byte == 0x0D, index + 1 == filled, !isEnd { return .cut }
        let isPair = byte == 0x0D && index + 1 < filled && source[index + 1] == 0x0A
        bytes.extend(by: count - bytes.count)
        return try finish(state, isHigh: isHigh, end: index + (isPair ? 2 : 1))
      }
      if index - start >= byteLimit { return .tooLong }
      if index & Self.stopMask == 0, stop.isRaised { throw .stopped }
      index += 1
      if byte == quote, state == .quoted {
        state = .quoteInQuoted
        continue
      } else if byte == quote, state == .fieldStart {
        hasQuotes = true
        state = .quoted
        continue
      } else if state == .quoted || (byte == quote && state == .quoteInQuoted) {
        state = .quoted
        if isLineBreak(source, index - 1, start) { lineCount += 1 }
      } else if byte == delimiter {
        bytes.extend(by: count - bytes.count)
        try endField(isHigh: isHigh)
        if fieldCount > Self.fieldLimit { return .tooLong }
        (state, count, isHigh) = (.fieldStart, count + 1, false)
        continue
      } else {
        if byte == quote { note(.strayQuote) }
        if state == .quoteInQuoted { note(.textAfterQuote) }
        state = state == .quoteInQuoted || state == .afterQuoted ? .afterQuoted : .unquoted
      }
      if byte == 0 { note(.zeroByte) }
      isHigh = isHigh || byte >= 0x80
      target[count] = byte
      count += 1
      // What follows is most often more of the field, where nothing changes the state.
      let runEnd = min(limit, ((index - 1) | Self.stopMask) + 1)
      while index < runEnd, isPlain(source[index]) {
        target[count] = source[index]
        index += 1
        count += 1
      }
    }
    guard isEnd else { return .cut }
    bytes.extend(by: count - bytes.count)
    return try finish(state, isHigh: isHigh, end: filled)
  }

  /// Whether a byte is part of a field wherever it stands behind another one that is.
  @inline(__always) private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != dialect.delimiter && byte != dialect.quote
  }

  /// After so many bytes it is asked whether to stop.
  private static let stopMask = (1 << 20) - 1

  private func reset() {
    bytes.removeAll()
    positions.removeAll()
    flaws.removeAll(keepingCapacity: true)
    lineCount = 0
    hasQuotes = false
  }

  private func finish(
    _ state: State, isHigh: Bool, end: Int
  ) throws(EngineError) -> Outcome {
    if state == .quoted { noteOpenQuote() }
    try endField(isHigh: isHigh)
    lineCount += 1
    self.end = end
    return fieldCount > Self.fieldLimit ? .tooLong : .whole
  }

  /// Whether a byte within quotes breaks the line; an LF behind a CR does not break it again.
  private func isLineBreak(_ source: Lane<UInt8>, _ index: Int, _ start: Int) -> Bool {
    let byte = source[index]
    return byte == 0x0D || (byte == 0x0A && (index == start || source[index - 1] != 0x0D))
  }

  /// Notes that the file ended within quotes, and takes off the line break that ends the last line.
  private func noteOpenQuote() {
    let last = bytes.count > 0 ? bytes[bytes.count - 1] : 0
    let endsLine = last == 0x0A || last == 0x0D
    guard lineCount == (endsLine ? 1 : 0) else { return note(.unterminatedQuote) }
    note(.quoteOpenOnLastLine)
    guard endsLine else { return }
    let isPair = last == 0x0A && bytes.count > 1 && bytes[bytes.count - 2] == 0x0D
    bytes.truncate(to: bytes.count - (isPair ? 2 : 1))
    lineCount -= 1
  }

  /// The first flaw of a field counts.
  private func note(_ flaw: Flaw) {
    let field = max(fieldCount, 0)
    if flaws.last?.field != field { flaws.append((field, flaw)) }
  }

  private func fieldStart(_ field: Int) -> Int { Int(positions[field] &+ 1) }

  private func endField(isHigh: Bool) throws(EngineError) {
    if positions.count == 0 { try positions.append(UInt32.max) }
    if isHigh, !isUTF8(fieldStart(fieldCount)..<bytes.count) { note(.badUTF8) }
    try positions.append(UInt32(bytes.count))
    try bytes.append(dialect.delimiter)
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    Lane(bytes).withSpan(range) { (try? UTF8Span(validating: $0)) != nil }
  }
}
