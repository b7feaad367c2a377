package import AnnalsEngine

/// What the beginning of a delimited file shows of how it is written.
///
/// The delimiter is the one by which most of the first records have as many fields as the first of
/// them; of equals, the one that gives more fields. Quotes mean nothing in a file with tabs whose
/// quotes are flaws, as some publishers write them.
package struct FirstLook: Hashable, Sendable {
  package let dialect: DelimitedDialect
  /// The fields of the first record: the names of the columns, if the dialect has a header.
  package let firstRecord: [String]

  /// How many bytes are looked at, how many of them at first, and how many records.
  private static let byteLimit = 1 << 18
  private static let firstByteCount = 1 << 15
  private static let recordLimit = 100

  /// Looks at a file.
  ///
  /// - Parameter usual: What the file's ending promises; it is taken where the file does not tell.
  package init(
    _ source: ByteSource, hints: FileHints, usual: DelimitedDialect, budget: MemoryBudget
  ) throws(FormatsError) {
    let window = try FormatsError.catching { () throws(EngineError) in
      try FileWindow(source, budget: budget)
    }
    try window.load(0..<Self.firstByteCount)
    var best: Trial?
    for dialect in Self.candidates(hints, usual) {
      if let best, best.hasFields(without: dialect.delimiter, window) { continue }
      let trial = try Self.trial(of: dialect, window, budget)
      if best.map({ trial.isBetter(than: $0) }) ?? true { best = trial }
    }
    var dialect = best?.dialect ?? usual
    firstRecord = best?.firstRecord ?? []
    dialect.hasHeader =
      hints.header == .inFile || (hints.header == .found && !Self.isRow(firstRecord))
    self.dialect = dialect
  }

  /// Whether the first line can hardly be names.
  private static func isRow(_ fields: [String]) -> Bool {
    let filled = fields.filter { !$0.isEmpty }
    guard filled.count < fields.count || Set(filled).count < filled.count else { return false }
    let numbers = filled.filter { text in
      let bytes = text.utf8.span
      return NumberShape(bytes) != nil || Day(iso: bytes) != nil
    }
    return numbers.count * 3 >= filled.count && !numbers.isEmpty
  }

  /// How the file may be written, the likelier first.
  private static func candidates(
    _ hints: FileHints, _ usual: DelimitedDialect
  ) -> [DelimitedDialect] {
    let all = [usual.delimiter] + common.filter { $0 != usual.delimiter }
    let delimiters = hints.delimiter.map { [$0] } ?? all
    let quoted = delimiters.map { DelimitedDialect(delimiter: $0) }
    let plain = delimiters.map { DelimitedDialect(delimiter: $0, quote: nil) }
    switch hints.hasQuotes {
    case true?: return quoted
    case false?: return plain
    case nil: return quoted + plain.filter { $0.delimiter == UInt8(ascii: "\t") }
    }
  }

  private static let common = [",", "\t", ";", "|"].map { (text: Unicode.Scalar) in
    UInt8(ascii: text)
  }

  /// What comes of reading the beginning in one way.
  private struct Trial {
    let dialect: DelimitedDialect
    var firstRecord: [String] = []
    /// Where the first record ends.
    var firstEnd = 0
    var recordCount = 0
    /// How many records have as many fields as the first.
    var likeFirst = 0
    var flawCount = 0

    /// Whether there are several fields in the first record, and none is divided by another delimiter.
    /// With that one the record would have one field, which explains the file worse.
    func hasFields(without delimiter: UInt8, _ window: FileWindow) -> Bool {
      firstRecord.count > 1 && (0..<firstEnd).allSatisfy { window.byte($0) != delimiter }
    }

    /// Whether it explains the file better; two ways that explain it alike are told apart by nothing.
    func isBetter(than other: Trial) -> Bool {
      let (fields, others) = (firstRecord.count, other.firstRecord.count)
      if (fields > 1) != (others > 1) { return fields > 1 }
      let (share, otherShare) = (likeFirst * other.recordCount, other.likeFirst * recordCount)
      if share != otherShare { return share > otherShare }
      if flawCount != other.flawCount { return flawCount < other.flawCount }
      return fields > others
    }
  }

  private static func trial(
    of dialect: DelimitedDialect, _ window: FileWindow, _ budget: MemoryBudget
  ) throws(FormatsError) -> Trial {
    let record = try FormatsError.catching { () throws(EngineError) in
      try RecordScanner(dialect, byteLimit: byteLimit, stop: StopFlag(), budget: budget)
    }
    var trial = Trial(dialect: dialect)
    let hasMark = window.range.count >= 3 && window.bytes.word(0) & 0xFF_FFFF == 0xBF_BBEF
    var start = hasMark ? 3 : 0
    while trial.recordCount < recordLimit {
      let known = window.range.count
      let isAll = window.isEnd || known >= byteLimit
      if isAll, start >= known { break }
      // The last record may be cut; the first is taken as it is.
      let isEnd = window.isEnd || (isAll && trial.recordCount == 0)
      let outcome = try FormatsError.catching { () throws(EngineError) in
        try record.scan(window.bytes, start: start, filled: known, isEnd: isEnd)
      }
      if outcome == .cut, !isAll {
        try window.extend(to: min(known * 2, byteLimit))
        continue
      }
      guard outcome == .whole || trial.recordCount == 0, record.positions.count > 0 else { break }
      trial.recordCount += 1
      if trial.recordCount == 1 {
        trial.firstRecord = (0..<record.fieldCount).map(record.text)
        trial.firstEnd = record.end
      }
      if record.fieldCount == trial.firstRecord.count { trial.likeFirst += 1 }
      trial.flawCount += record.flaws.count
      guard outcome == .whole else { break }
      start = record.end
    }
    return trial
  }
}
