/// Reads delimited text record by record, by the rules of RFC 4180, in one pass.
///
/// Beyond the RFC it takes LF, CR LF and CR as the end of a line, drops a byte order mark, and does
/// not need a line break at the end. It reads on past flaws, which ``DelimitedRecord/flaws`` tells, so
/// that all of them can be reported together; only after an unterminated quote nothing follows.
///
/// This is the plain form that any faster reader is tested against.
package final class DelimitedReader {
  /// The most bytes of one record: a quote that is never closed must not take the whole file.
  package static let recordByteLimit = 1 << 26
  /// The most fields of one record.
  package static let fieldLimit = 1 << 20

  /// The record that was read last.
  package private(set) var record = DelimitedRecord()
  private let dialect: DelimitedDialect
  private let source: ByteSource
  private var piece: [UInt8] = []
  private var position = 0
  private var line = 1
  private var isAtStart = true
  /// A CR ended the last line; an LF right after it belongs to that.
  private var skipsLineFeed = false
  private var isDone = false

  package init(_ source: ByteSource, dialect: DelimitedDialect = .csv) {
    self.source = source
    self.dialect = dialect
  }

  private enum State {
    case fieldStart, unquoted, quoted
    /// After a quote within quotes: it closes the field, or is the first half of a doubled one.
    case quoteInQuoted
    /// Behind a closing quote that something other than a delimiter follows.
    case afterQuoted
  }

  /// Reads the next record; false at the end of the file.
  package func next() throws(FormatsError) -> Bool {
    if isAtStart { try dropByteOrderMark() }
    if try !refill() { return false }
    if skipsLineFeed {
      skipsLineFeed = false
      if piece[position] == 0x0A { position += 1 }
      if try !refill() { return false }
    }
    var record = record
    self.record = DelimitedRecord()
    record.start(line: line)
    try fill(&record)
    self.record = record
    return true
  }

  private func fill(_ record: inout DelimitedRecord) throws(FormatsError) {
    var state = State.fieldStart
    while try refill() {
      let isComplete = consume(into: &record, &state)
      if isComplete { return }
      if record.bytes.count > Self.recordByteLimit || record.fieldCount > Self.fieldLimit {
        record.note(.recordTooLong)
        isDone = true
        break
      }
    }
    if state == .quoted { record.note(.unterminatedQuote) }
    record.endField()
  }

  /// Takes bytes from the piece until the record or the piece ends; true if the record does.
  private func consume(into record: inout DelimitedRecord, _ state: inout State) -> Bool {
    let piece = piece
    let bytes = piece.span
    let delimiter = dialect.delimiter
    let quote = dialect.quote
    var index = position
    defer { position = index }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch state {
      case .quoted:
        if byte == quote {
          state = .quoteInQuoted
        } else {
          if byte == 0x0D || (byte == 0x0A && !record.endsWithReturn) { line += 1 }
          record.append(byte)
        }
        continue
      case .quoteInQuoted where byte == quote:
        record.append(byte)
        state = .quoted
        continue
      default: break
      }
      if byte == delimiter {
        record.endField()
        state = .fieldStart
      } else if byte == 0x0A || byte == 0x0D {
        record.endField()
        line += 1
        skipsLineFeed = byte == 0x0D
        return true
      } else if byte == quote, state == .fieldStart {
        record.markQuoted()
        state = .quoted
      } else {
        if byte == quote { record.note(.strayQuote) }
        if state == .quoteInQuoted { record.note(.textAfterQuote) }
        state = state == .quoteInQuoted || state == .afterQuoted ? .afterQuoted : .unquoted
        record.append(byte)
      }
    }
    return false
  }

  /// Makes sure that there is a byte to read; false at the end of the file.
  private func refill() throws(FormatsError) -> Bool {
    if isDone { return false }
    guard position >= piece.count else { return true }
    piece = try source.next()
    position = 0
    if piece.isEmpty { isDone = true }
    return !isDone
  }

  private func dropByteOrderMark() throws(FormatsError) {
    isAtStart = false
    guard try refill() else { return }
    while piece.count < 3 {
      let more = try source.next()
      if more.isEmpty { break }
      piece += more
    }
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }
}
