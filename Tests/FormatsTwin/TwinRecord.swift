/// The fields of one record of a delimited file, without their quotes.
package struct TwinRecord {
  /// What breaks the rules of the format within a record.
  package enum Flaw: Hashable, Sendable {
    /// A quote in a field that does not start with one.
    case strayQuote
    /// Something between a closing quote and the next delimiter.
    case textAfterQuote
    /// The file ends within quotes.
    case unterminatedQuote
    case quoteOpenOnLastLine
    case zeroByte
    case badUTF8
  }

  /// The line on which it starts, from 1; line breaks within quotes count.
  package private(set) var line = 1
  /// The bytes of all fields, one after another.
  package private(set) var bytes: [UInt8] = []
  /// At most one flaw for each field, in order.
  package private(set) var flaws: [(field: Int, flaw: Flaw)] = []
  /// Whether it passes a limit on its size, and is cut.
  package var isTooLong = false
  private var ends: [Int] = []
  private var hasHighBytes = false

  package var fieldCount: Int { ends.count }

  /// Where a field stands in `bytes`.
  package func range(_ field: Int) -> Range<Int> {
    (field == 0 ? 0 : ends[field - 1])..<ends[field]
  }

  /// One field as text, with replacement characters for what is not UTF-8.
  package func text(_ field: Int) -> String {
    String(decoding: bytes[range(field)], as: UTF8.self)
  }

  /// Whether it stems from an empty line.
  package var isBlank: Bool { ends.count == 1 && bytes.isEmpty && !wasQuoted }

  /// Whether a field was quoted, which tells `""` from an empty line.
  private var wasQuoted = false

  mutating func start(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    flaws.removeAll(keepingCapacity: true)
    hasHighBytes = false
    wasQuoted = false
    isTooLong = false
  }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    if byte >= 0x80 { hasHighBytes = true }
    if byte == 0 { note(.zeroByte) }
  }

  /// Whether the last byte of the field that is being read is a CR.
  var endsWithReturn: Bool { bytes.count > (ends.last ?? 0) && bytes.last == 0x0D }

  mutating func markQuoted() { wasQuoted = true }

  /// Notes what is wrong with the field that is being read; the first flaw of a field counts.
  mutating func note(_ flaw: Flaw) {
    if flaws.last?.field != ends.count { flaws.append((ends.count, flaw)) }
  }

  /// Ends a quoted field with the file. One that was opened on the last line lacks just its quote.
  mutating func closeQuote(lineBreaks: Int) {
    let field = String(decoding: bytes[(ends.last ?? 0)...], as: Unicode.ASCII.self)
    let isOpenOnLastLine =
      lineBreaks == 0 || (lineBreaks == 1 && field.unicodeScalars.last.map(Self.isBreak) == true)
    note(isOpenOnLastLine ? .quoteOpenOnLastLine : .unterminatedQuote)
    guard isOpenOnLastLine, lineBreaks == 1 else { return }
    if field.hasSuffix("\r\n") { bytes.removeLast(2) } else { bytes.removeLast() }
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\r" || scalar == "\n"
  }

  mutating func endField() {
    if hasHighBytes && !fieldIsUTF8 { note(.badUTF8) }
    hasHighBytes = false
    ends.append(bytes.count)
  }

  private var fieldIsUTF8: Bool {
    let field = bytes.span.extracting((ends.last ?? 0)..<bytes.count)
    return (try? UTF8Span(validating: field)) != nil
  }
}
