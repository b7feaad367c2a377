package import AnnalsFormats

/// Reads delimited text record by record, by the rules of RFC 4180, in one pass.
///
/// Beyond the RFC it takes LF, CR LF and CR as the end of a line, drops a byte order mark, and does
/// not need a line break at the end. It reads on past flaws, which ``TwinRecord/flaws`` tells, so
/// that all of them can be reported together; only after an unterminated quote nothing follows.
///
/// This is the plain form that the reader of the library is tested against.
package final class TwinDelimitedReader {
  private let recordByteLimit: Int
  /// How many bytes of the record were taken, without the line break at its end.
  private var recordByteCount = 0
  /// The most fields of one record.
  package static let fieldLimit = 1 << 20

  /// The record that was read last.
  package private(set) var record = TwinRecord()
  private let dialect: DelimitedDialect
  private let source: TwinSource
  private var piece: [UInt8] = []
  private var position = 0
  private var line = 1
  private var isAtStart = true
  /// A CR ended the last line; an LF right after it belongs to that.
  private var skipsLineFeed = false
  private var isDone = false

  package init(
    _ source: TwinSource, dialect: DelimitedDialect = .csv, recordByteLimit: Int = 1 << 26
  ) {
    self.source = source
    self.dialect = dialect
    self.recordByteLimit = recordByteLimit
  }

  private enum State {
    case fieldStart, unquoted, quoted
    /// After a quote within quotes: it closes the field, or is the first half of a doubled one.
    case quoteInQuoted
    /// Behind a closing quote that something other than a delimiter follows.
    case afterQuoted
  }

  /// Reads the next record; false at the end of the file.
  package func next() -> Bool {
    if isAtStart { dropByteOrderMark() }
    if !refill() { return false }
    if skipsLineFeed {
      skipsLineFeed = false
      if piece[position] == 0x0A { position += 1 }
      if !refill() { return false }
    }
    var record = record
    self.record = TwinRecord()
    record.start(line: line)
    recordByteCount = 0
    fill(&record)
    self.record = record
    return true
  }

  private func fill(_ record: inout TwinRecord) {
    var state = State.fieldStart
    while refill() {
      let isComplete = consume(into: &record, &state)
      if record.fieldCount > Self.fieldLimit { record.isTooLong = true }
      if record.isTooLong {
        isDone = true
        return
      }
      if isComplete { return }
    }
    if state == .quoted { record.closeQuote(lineBreaks: line - record.line) }
    record.endField()
  }

  /// Takes bytes from the piece until the record or the piece ends; true if the record does.
  private func consume(into record: inout TwinRecord, _ state: inout State) -> Bool {
    let piece = piece
    let bytes = piece.span
    let delimiter = dialect.delimiter
    let quote = dialect.quote
    var index = position
    defer { position = index }
    while index < bytes.count {
      let byte = bytes[index]
      let endsLine = state != .quoted && (byte == 0x0A || byte == 0x0D)
      if !endsLine, recordByteCount == recordByteLimit {
        record.isTooLong = true
        return true
      }
      recordByteCount += 1
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
  private func refill() -> Bool {
    if isDone { return false }
    guard position >= piece.count else { return true }
    piece = source.next()
    position = 0
    if piece.isEmpty { isDone = true }
    return !isDone
  }

  private func dropByteOrderMark() {
    isAtStart = false
    guard refill() else { return }
    while piece.count < 3 {
      let more = source.next()
      if more.isEmpty { break }
      piece += more
    }
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }
}
