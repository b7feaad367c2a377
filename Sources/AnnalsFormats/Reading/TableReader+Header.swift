import AnnalsEngine

/// What stands before the rows of a file.
struct FileStart {
  var names: HeaderMatch
  /// Where the first row starts, and on which line.
  var position: Int
  var line = 1
}

extension TableReader {
  /// Reads the names of the columns, and what else stands before the rows; nil if the first line is too
  /// long.
  mutating func readHeader(
    _ match: HeaderMatch, _ window: FileWindow, from position: Int
  ) throws(FormatsError) -> FileStart? {
    var start = FileStart(names: match, position: position)
    if case .names(let names, _)? = hints?.header {
      start.names.take(names: names)
      return start
    }
    if !resource.dialect.hasHeader, match.isDeclared {
      start.names.takeSchema()
      return start
    }
    guard let record = try record(window, at: position) else { return nil }
    guard resource.dialect.hasHeader else {
      start.names.take(count: record.fieldCount)
      return start
    }
    reportFlaws(of: record)
    if record.fieldCount <= Self.columnLimit {
      start.names.take(
        names: (0..<record.fieldCount).map(record.text), areDistinct: hints == nil)
    } else {
      start.names.take(count: record.fieldCount)
    }
    start.position = window.range.lowerBound + record.end
    start.line += record.lineCount
    if hints != nil { try passTags(&start, window) }
    return start
  }

  /// Passes over a line of tags of the Humanitarian Exchange Language.
  ///
  /// Source: HXL 1.1 final, "HXL hashtags and attributes": a row of hashtags, such as `#date+start`,
  /// stands between the headers and the data; columns without a tag are empty there.
  private mutating func passTags(
    _ start: inout FileStart, _ window: FileWindow
  ) throws(FormatsError) {
    guard start.position < source.byteCount, let record = try record(window, at: start.position)
    else { return }
    let tags = (0..<record.fieldCount).map(record.text).filter { !$0.isEmpty }
    guard !tags.isEmpty, tags.allSatisfy(Self.isTag) else { return }
    note("line \(start.line) holds HXL tags and is no row")
    start.position = window.range.lowerBound + record.end
    start.line += record.lineCount
  }

  private static func isTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count > 1 && bytes[0] == UInt8(ascii: "#")
      && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[1] | 0x20)
  }

  /// The record that starts at a position; nil if it is too long.
  private func record(
    _ window: FileWindow, at position: Int
  ) throws(FormatsError) -> RecordScanner? {
    let record = try FormatsError.catching { () throws(EngineError) in
      try RecordScanner(
        resource.dialect, byteLimit: options.recordByteLimit, stop: options.stop, budget: budget)
    }
    try window.load(position..<position + 4096)
    while true {
      let outcome = try FormatsError.catching { () throws(EngineError) in
        try record.scan(
          window.bytes, start: 0, filled: window.range.count, isEnd: window.isEnd)
      }
      switch outcome {
      case .whole: return record
      case .tooLong: return nil
      case .cut: try window.extend(to: window.range.upperBound + window.range.count)
      }
    }
  }
}
