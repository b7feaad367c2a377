import AnnalsEngine

/// Reads the rows that start in one piece of a file, and then those of the next one that it is given.
///
/// Fields are found 64 bytes at a time and read column by column, a window at a time. A record with a
/// flaw, with another number of fields, or longer than the window is read alone, by the byte.
final class PieceReader {
  /// How the reading of a piece ended.
  enum Outcome: Equatable {
    case whole
    /// The values of a column do not go together; the piece is to be read again.
    case mixed
    /// A record is too long to be one; nothing is read behind it.
    case tooLong
  }

  let columns: [ColumnPiece]
  let problems: PieceProblems
  private(set) var rowCount = 0
  /// How many line breaks were passed.
  private(set) var lineCount = 0
  /// From which rows on how many more lines than rows had been passed.
  let shifts: GrowingBuffer<Int64>
  /// Where the first row behind the piece starts.
  private(set) var end = 0
  private let layout: FileLayout
  private let window: FileWindow
  private let record: RecordScanner
  private var fields: FieldIndex
  private let owned: Buffers
  private let windowLimit: Int
  private var limit = 0

  /// What lanes stand on.
  private struct Buffers {
    let positions: Buffer<UInt32>
    let breaks: Buffer<UInt32>
    let powers: Buffer<Double>
  }

  init(_ layout: FileLayout, budget: MemoryBudget) throws(EngineError) {
    self.layout = layout
    // A record that fits a window is within the limit, and one beyond the limit never fits.
    let windowLimit = max(1, min(layout.options.windowByteCount, layout.options.recordByteLimit))
    self.windowLimit = windowLimit
    owned = Buffers(
      positions: try Buffer(count: windowLimit + 5, budget: budget),
      breaks: try Buffer(count: windowLimit, budget: budget),
      powers: try FieldScan.powersOfTen(budget: budget))
    fields = FieldIndex(
      layout.dialect, form: layout.options.kernelForm, positions: owned.positions,
      breaks: owned.breaks)
    window = try FileWindow(layout.source, budget: budget)
    record = try RecordScanner(
      layout.dialect, byteLimit: layout.options.recordByteLimit, stop: layout.options.stop,
      budget: budget)
    shifts = try GrowingBuffer(budget: budget)
    problems = PieceProblems(
      path: layout.path, fieldNames: layout.fieldNames, limit: layout.problemLimit,
      isSilent: layout.isSilent)
    let scan = FieldScan(powers: owned.powers)
    var columns: [ColumnPiece] = []
    for rule in layout.rules {
      columns.append(try ColumnPiece(rule, scan: scan, budget: budget))
    }
    self.columns = columns
  }

  // MARK: Where a piece starts

  /// Reads the bytes of a piece into memory, and one before them.
  func load(_ bytes: Range<Int>) throws(FormatsError) {
    limit = bytes.upperBound
    try window.load(max(bytes.lowerBound - 1, 0)..<bytes.upperBound)
  }

  /// Takes a piece whose bytes come into memory as they are needed, a window at a time.
  func begin(_ bytes: Range<Int>) throws(FormatsError) {
    limit = bytes.upperBound
    try window.load(bytes.lowerBound..<bytes.lowerBound)
  }

  /// Whether an odd number of quotes stands in the piece.
  func hasOddQuotes(_ bytes: Range<Int>) -> Bool {
    guard let quote = layout.dialect.quote else { return false }
    return FieldIndex.hasOddQuotes(
      window.bytes, start: bytes.lowerBound - window.range.lowerBound, length: bytes.count,
      quote: quote, form: layout.options.kernelForm)
  }

  /// Where the first row of a piece starts, if all is well before; `isQuoted` says whether the piece
  /// starts within quotes. The end of the piece, or what lies behind, if none does.
  func firstRow(_ bytes: Range<Int>, isQuoted: Bool) throws(FormatsError) -> Int {
    var isQuoted = isQuoted
    var position = bytes.lowerBound - 1
    if position < layout.start { return layout.start }
    while position < bytes.upperBound {
      let byte = window.byte(position)
      if byte == 0x0A || byte == 0x0D, !isQuoted { return try start(behind: position) }
      position += 1
      if position < bytes.upperBound, window.byte(position) == layout.dialect.quote {
        isQuoted.toggle()
      }
    }
    return bytes.upperBound
  }

  /// Where a row starts behind a line break.
  private func start(behind position: Int) throws(FormatsError) -> Int {
    guard window.byte(position) == 0x0D else { return position + 1 }
    if position + 1 >= window.range.upperBound { try window.extend(to: position + 2) }
    guard position + 1 < window.range.upperBound else { return position + 1 }
    return position + (window.byte(position + 1) == 0x0A ? 2 : 1)
  }

  // MARK: Rows

  /// Reads all rows from `start` on that start in the piece.
  func read(from start: Int) throws(FormatsError) -> Outcome {
    rowCount = 0
    lineCount = 0
    shifts.removeAll()
    problems.removeAll()
    end = start
    while end < limit {
      if layout.options.stop.isRaised { throw .engine(cause: .stopped) }
      let outcome = try readWindow()
      if outcome != .whole { return outcome }
    }
    return .whole
  }

  /// Begins the piece anew after values that did not go together.
  func restart() throws(FormatsError) {
    for column in columns {
      try FormatsError.catching { () throws(EngineError) in try column.restart() }
    }
  }

  /// Forgets the piece and all that was learnt from it.
  func forget() throws(FormatsError) {
    for column in columns {
      try FormatsError.catching { () throws(EngineError) in try column.forget() }
    }
  }

  private func readWindow() throws(FormatsError) -> Outcome {
    let start = end
    let known = window.range
    // Not before half of it is read: where each row has a flaw, this is done for each row.
    let isUsedUp = known.upperBound < min(start + (windowLimit + 1) / 2, limit)
    if isUsedUp || start < known.lowerBound {
      try window.load(start..<min(start + windowLimit, limit))
    }
    let available = window.range.upperBound - start
    let length = min(available, windowLimit)
    let isLast = window.isEnd && length == available
    fields.find(
      window.bytes, start: start - window.range.lowerBound, length: length, isEnd: isLast)
    var first = 1
    var firstBreak = 0
    while first <= fields.fieldCount, end < limit {
      let rows = try ownRows(first, regularRows(first, length, start), start)
      if rows > 0 {
        guard try readRun(first, rows, &firstBreak, start) else { return .mixed }
        first += rows * layout.fieldCount
        let last = start + Int(fields.positions[first - 1])
        end = last == layout.source.byteCount ? last : try self.start(behind: last)
      } else if let last = lineEnd(first, length, start) {
        let outcome = try readRecord()
        guard outcome == .whole else { return outcome }
        first = last + 1
      } else {
        break
      }
    }
    if end >= limit { return .whole }
    if fields.isFlawed { return try readRecord() }
    guard end == start else { return .whole }
    if length == windowLimit { return try readRecord() }
    try window.extend(to: window.range.upperBound + max(available, Self.extension))
    return .whole
  }

  /// How much more is read where the last record of a piece goes on.
  private static let `extension` = 4096

  /// How many records from the field `first` on have just the wanted fields.
  private func regularRows(_ first: Int, _ length: Int, _ start: Int) -> Int {
    let bytes = window.bytes.dropping(start - window.range.lowerBound)
    let (positions, stride) = (fields.positions, layout.fieldCount)
    guard stride > 0 else { return 0 }
    let full = (fields.fieldCount - first + 1) / stride
    if first == 1, fields.lineCount == full {
      var row = 1
      while row <= full, Self.endsLine(positions[row &* stride], bytes, length) { row &+= 1 }
      if row > full { return full }
    }
    for row in 0..<full {
      for field in 0..<stride {
        let position = positions[first + row * stride + field]
        if Self.endsLine(position, bytes, length) != (field == stride - 1) { return row }
      }
    }
    return full
  }

  @inline(__always) private static func endsLine(
    _ position: UInt32, _ bytes: Lane<UInt8>, _ length: Int
  ) -> Bool {
    Int(position) == length || bytes[Int(position)] == 0x0A || bytes[Int(position)] == 0x0D
  }

  /// The field that ends the record of the field `first`; nil if it is not whole.
  private func lineEnd(_ first: Int, _ length: Int, _ start: Int) -> Int? {
    let bytes = window.bytes.dropping(start - window.range.lowerBound)
    for field in first..<fields.fieldCount + 1
    where Self.endsLine(fields.positions[field], bytes, length) {
      return field
    }
    return nil
  }

  /// How many of some rows start in the piece; the first one does.
  private func ownRows(_ first: Int, _ rows: Int, _ start: Int) throws(FormatsError) -> Int {
    var rows = rows
    while rows > 1 {
      let before = start + Int(fields.positions[first + (rows - 1) * layout.fieldCount - 1])
      if try self.start(behind: before) < limit { return rows }
      rows -= 1
    }
    return rows
  }

  /// Reads rows without flaws; false if the values of a column do not go together.
  private func readRun(
    _ first: Int, _ rows: Int, _ firstBreak: inout Int, _ start: Int
  ) throws(FormatsError) -> Bool {
    let run = FieldRun(
      bytes: window.bytes.dropping(start - window.range.lowerBound), positions: fields.positions,
      first: first, stride: layout.fieldCount, rowCount: rows,
      quote: layout.dialect.quote.map(Int.init) ?? -1, mayStartWithLineFeed: true)
    let breaks = breakRange(first - 1, first - 1 + rows * layout.fieldCount, from: firstBreak)
    firstBreak = breaks.upperBound
    problems.lines = RunLines(
      line: lineCount, breaks: fields.breaks, breakRange: breaks, firstField: first - 1,
      stride: layout.fieldCount)
    return try FormatsError.catching { () throws(EngineError) in
      guard try take(run, fieldCount: layout.fieldCount) else { return false }
      try note(shift: lineCount - rowCount, row: rowCount)
      for index in breaks {
        let row = (Int(fields.breaks[index]) - first + 1) / layout.fieldCount
        lineCount += 1
        try note(shift: lineCount - rowCount, row: rowCount + row + 1)
      }
      rowCount += rows
      lineCount += rows
      return true
    }
  }

  /// The line breaks within quotes that stand in some fields.
  private func breakRange(_ first: Int, _ end: Int, from index: Int) -> Range<Int> {
    var low = index
    while low < fields.breakCount, Int(fields.breaks[low]) < first { low += 1 }
    var high = low
    while high < fields.breakCount, Int(fields.breaks[high]) < end { high += 1 }
    return low..<high
  }

  /// Takes all fields of some rows; false if the values of a column do not go together.
  private func take(_ run: FieldRun, fieldCount: Int) throws(EngineError) -> Bool {
    for field in 0..<fieldCount {
      guard let target = layout.targets[field] else { continue }
      guard try columns[target].take(run, field: field, problems) else {
        columns[target].expectText()
        return false
      }
    }
    for field in fieldCount..<layout.fieldCount {
      if let target = layout.targets[field] { try columns[target].takeNulls(run.rowCount) }
    }
    for column in layout.absentColumns { try columns[column].takeNulls(run.rowCount) }
    return true
  }

  private func note(shift: Int, row: Int) throws(EngineError) {
    if shifts.count > 0 ? shifts[shifts.count - 1] == Int64(shift) : shift == 0 { return }
    try shifts.append(Int64(row))
    try shifts.append(Int64(shift))
  }

  // MARK: Records that are read alone

  private func readRecord() throws(FormatsError) -> Outcome {
    guard try scanRecord() else {
      problems.add(.recordTooLong, line: lineCount, field: nil, value: nil)
      return .tooLong
    }
    defer {
      lineCount += record.lineCount
      end = window.range.lowerBound + record.end
    }
    if record.isBlank, layout.fieldCount > 1 {
      problems.add(.blankLine, line: lineCount, field: nil, value: nil)
      return .whole
    }
    reportForm()
    problems.lines = nil
    problems.recordLine = lineCount
    let run = FieldRun(
      bytes: Lane(record.bytes), positions: Lane(record.positions), first: 1,
      stride: record.fieldCount, rowCount: 1, quote: -1, mayStartWithLineFeed: false)
    let isTaken = try FormatsError.catching { () throws(EngineError) in
      guard try take(run, fieldCount: min(record.fieldCount, layout.fieldCount)) else {
        return false
      }
      try note(shift: lineCount - rowCount, row: rowCount)
      return true
    }
    rowCount += 1
    return isTaken ? .whole : .mixed
  }

  /// Scans the record at `end`; false if it is too long.
  private func scanRecord() throws(FormatsError) -> Bool {
    while true {
      let outcome = try FormatsError.catching { () throws(EngineError) in
        try record.scan(
          window.bytes, start: end - window.range.lowerBound, filled: window.range.count,
          isEnd: window.isEnd)
      }
      switch outcome {
      case .whole: return true
      case .tooLong: return false
      case .cut:
        let known = window.range.upperBound
        try window.extend(to: known + max(known - end, Self.extension))
        if layout.options.stop.isRaised { throw .engine(cause: .stopped) }
      }
    }
  }

  /// Reports the flaws of the record and a wrong number of fields.
  private func reportForm() {
    record.report(to: problems, line: lineCount)
    if record.fieldCount > layout.fieldCount || record.fieldCount < layout.leastFieldCount {
      problems.add(
        .fieldCount(found: record.fieldCount, expected: layout.fieldCount), line: lineCount,
        field: nil, value: nil)
    }
  }
}

extension RecordScanner {
  /// Reports the flaws of the record.
  func report(to problems: PieceProblems, line: Int) {
    for (field, flaw) in flaws {
      let reason: DataProblem.Reason =
        switch flaw {
        case .strayQuote: .strayQuote
        case .textAfterQuote: .textAfterQuote
        case .unterminatedQuote: .unterminatedQuote(isLastLine: false)
        case .quoteOpenOnLastLine: .unterminatedQuote(isLastLine: true)
        case .zeroByte: .zeroByte
        case .badUTF8: .badUTF8
        }
      problems.add(reason, line: line, field: field, value: text(field))
    }
  }
}
