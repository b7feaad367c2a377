import AnnalsEngine

/// The values of one column in one piece of a file, gathered by one thread, and used again for the
/// next piece.
final class ColumnPiece {
  let rule: ColumnRule
  private(set) var kind: ColumnKind
  /// Of each row: the integer, day or time, the bits of the double, the text's number in `table`, or
  /// where its text ends in `texts`.
  let values: GrowingBuffer<Int64>
  /// The rows without a value, in order.
  let nulls: GrowingBuffer<UInt32>
  /// The bytes of all texts, where they have no numbers.
  let texts: GrowingBuffer<UInt8>
  /// In which row each text stands first that the table did not know before.
  let newTextRows: GrowingBuffer<UInt32>
  /// The texts that this thread has seen in the column so far; nil where they get no numbers.
  private(set) var table: TextTable?
  /// The range of the integers, and 0.
  private(set) var lowest: Int64 = 0
  private(set) var highest: Int64 = 0
  /// Whether any number is more than `NaN` and the like.
  private(set) var hasDigits = false
  /// How many values each marker of the rule took.
  private(set) var markerCounts: [Int]
  private let scan: FieldScan
  private let unescaped: GrowingBuffer<UInt8>
  private let lookup: TextLookup
  /// With which kind the piece is read from its start,
  private var expected: ColumnKind
  /// and what that was at first.
  private var initial: ColumnKind
  private var knownTexts = 0
  private let budget: MemoryBudget

  init(_ rule: ColumnRule, scan: FieldScan, budget: MemoryBudget) throws(EngineError) {
    self.rule = rule
    markerCounts = Array(repeating: 0, count: rule.markers.count)
    self.scan = scan
    self.budget = budget
    expected = rule.isDeclared ? ColumnKind(rule.field.type) : .none
    initial = expected
    kind = expected
    values = try GrowingBuffer(budget: budget)
    nulls = try GrowingBuffer(budget: budget)
    texts = try GrowingBuffer(budget: budget)
    newTextRows = try GrowingBuffer(budget: budget)
    unescaped = try GrowingBuffer(budget: budget)
    lookup = try TextLookup(budget: budget)
  }

  /// Starts a piece. A column that `isText` is read as text from now on; texts that are `isLoose` get
  /// no numbers.
  func begin(isText: Bool, isLoose: Bool) throws(EngineError) {
    if isText { expected = .text } else if kind != .none { expected = kind }
    if isLoose { table = nil } else if table == nil { table = try TextTable(budget: budget) }
    initial = expected
    knownTexts = table?.count ?? 0
    try restart()
  }

  /// Forgets the piece and all that was learnt from it.
  func forget() throws(EngineError) {
    expected = initial
    try restart()
  }

  /// Begins the piece anew.
  func restart() throws(EngineError) {
    kind = expected
    values.removeAll()
    nulls.removeAll()
    texts.removeAll()
    newTextRows.removeAll()
    try table?.truncate(to: knownTexts)
    (lowest, highest, hasDigits) = (0, 0, false)
    for marker in markerCounts.indices { markerCounts[marker] = 0 }
  }

  /// Reads the column as text when the piece is begun anew.
  func expectText() { expected = .text }

  /// Whether any row has a value.
  var hasValues: Bool { values.count > nulls.count }

  /// Takes nulls for fields that short rows lack, which are reported elsewhere.
  func takeNulls(_ count: Int) throws(EngineError) {
    for _ in 0..<count {
      try nulls.append(UInt32(values.count))
      try values.append(nullValue)
    }
  }

  /// Takes a field of each row.
  ///
  /// - Returns: Whether the values go together; if not, the column must be read as text.
  func take(
    _ run: FieldRun, field: Int, _ problems: PieceProblems
  ) throws(EngineError) -> Bool {
    try values.reserve(run.rowCount)
    try nulls.reserve(run.rowCount)
    if !rule.isPlain {
      for row in 0..<run.rowCount {
        if rule.isDeclared {
          try takeChecked(run, row, field, problems)
        } else if try !takeFound(run, row, field) {
          return false
        }
      }
      return true
    }
    let start = values.count
    var row = 0
    while row < run.rowCount {
      let firstNull = nulls.count
      switch kind {
      case .integer: row = takeIntegers(run, field, from: row)
      case .number: row = takeNumbers(run, field, from: row)
      case .day: row = takeDays(run, field, from: row)
      case .text: row = try takeTexts(run, field, from: row)
      case .none, .boolean, .time: row = takeEmpty(run, field, from: row)
      }
      if let reason = rule.nullProblem {
        for index in firstNull..<nulls.count {
          problems.add(reason, row: Int(nulls[index]) - start, field: field, value: "")
        }
      }
      guard row < run.rowCount else { break }
      if rule.isDeclared {
        try takeChecked(run, row, field, problems)
      } else if try !takeFound(run, row, field) {
        return false
      }
      row = values.count - start
    }
    return true
  }

  // MARK: Values of the usual forms

  /// Takes rows from `first` on up to one that is no plain integer, and returns that.
  private func takeIntegers(_ run: FieldRun, _ field: Int, from first: Int) -> Int {
    let (values, nulls, scan) = (Lane(values), Lane(nulls), scan)
    let base = self.values.count - first
    var (low, high, nullCount, row) = (lowest, highest, self.nulls.count, first)
    while row < run.rowCount {
      let bytes = run.field(row, field)
      if bytes.isEmpty {
        values[base &+ row] = 0
        nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ row)
        nullCount &+= 1
      } else {
        guard let value = scan.integer(run.bytes, bytes.start, bytes.end) else { break }
        values[base &+ row] = value
        low = min(low, value)
        high = max(high, value)
      }
      row &+= 1
    }
    (lowest, highest) = (low, high)
    took(row - first, nullCount)
    return row
  }

  /// As ``takeIntegers(_:_:from:)``, for numbers.
  private func takeNumbers(_ run: FieldRun, _ field: Int, from first: Int) -> Int {
    let (values, nulls, scan) = (Lane(values), Lane(nulls), scan)
    let base = self.values.count - first
    var (nullCount, row) = (self.nulls.count, first)
    while row < run.rowCount {
      let bytes = run.field(row, field)
      if bytes.isEmpty {
        values[base &+ row] = 0
        nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ row)
        nullCount &+= 1
      } else {
        guard let value = scan.number(run.bytes, bytes.start, bytes.end) else { break }
        values[base &+ row] = Int64(bitPattern: value.bitPattern)
      }
      row &+= 1
    }
    if row - first > nullCount - self.nulls.count { hasDigits = true }
    took(row - first, nullCount)
    return row
  }

  /// As ``takeIntegers(_:_:from:)``, for days.
  private func takeDays(_ run: FieldRun, _ field: Int, from first: Int) -> Int {
    let (values, nulls, scan) = (Lane(values), Lane(nulls), scan)
    let base = self.values.count - first
    var (nullCount, row) = (self.nulls.count, first)
    while row < run.rowCount {
      let bytes = run.field(row, field)
      if bytes.isEmpty {
        values[base &+ row] = 0
        nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ row)
        nullCount &+= 1
      } else {
        guard let value = scan.day(run.bytes, bytes.start, bytes.end) else { break }
        values[base &+ row] = value
      }
      row &+= 1
    }
    took(row - first, nullCount)
    return row
  }

  /// Takes rows from `first` on up to one that is not empty, and returns that.
  private func takeEmpty(_ run: FieldRun, _ field: Int, from first: Int) -> Int {
    let (values, nulls) = (Lane(values), Lane(nulls))
    let base = self.values.count - first
    var (nullCount, row) = (self.nulls.count, first)
    while row < run.rowCount, run.field(row, field).isEmpty {
      values[base &+ row] = 0
      nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ row)
      nullCount &+= 1
      row &+= 1
    }
    took(row - first, nullCount)
    return row
  }

  /// Takes all rows from `first` on.
  private func takeTexts(
    _ run: FieldRun, _ field: Int, from first: Int
  ) throws(EngineError) -> Int {
    guard let table else { return try takeLooseTexts(run, field, from: first) }
    var row = first
    while row < run.rowCount {
      let count = min(TextLookup.limit, run.rowCount - row)
      lookup.prepare(run, field, rows: row, count: count, table.view)
      try takeTexts(run, field, rows: row, count: count, table)
      row += count
    }
    return row
  }

  /// Takes the rows that were prepared, in order, so that texts are numbered as they come.
  private func takeTexts(
    _ run: FieldRun, _ field: Int, rows first: Int, count: Int, _ table: TextTable
  ) throws(EngineError) {
    let (values, nulls) = (Lane(values), Lane(nulls))
    let (starts, lengths, hashes) = (lookup.starts, lookup.lengths, lookup.hashes)
    let (base, markerLength) = (self.values.count, rule.markerLength)
    var nullCount = self.nulls.count
    var view = table.view
    for index in 0..<count {
      let (start, length) = (Int(starts[index]), Int(lengths[index]))
      if length <= markerLength, length == 0 || isMarker(run.bytes, start, length) {
        values[base &+ index] = 0
        nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ index)
        nullCount &+= 1
        continue
      }
      var number =
        length > 0 ? view.find(run.bytes, start, length, hash: hashes[index]) : -1
      if number < 0 {
        let known = table.count
        number = try self.number(run, field, first &+ index, table)
        if table.count > known { try newTextRows.append(UInt32(base + index)) }
        view = table.view
      }
      values[base &+ index] = Int64(truncatingIfNeeded: number)
    }
    took(count, nullCount)
  }

  /// The number of a text that was not found right away.
  private func number(
    _ run: FieldRun, _ field: Int, _ row: Int, _ table: TextTable
  ) throws(EngineError) -> Int {
    let (source, bytes) = try content(run, row, field)
    return try table.number(of: source, bytes.start, bytes.count).number
  }

  private func takeLooseTexts(
    _ run: FieldRun, _ field: Int, from first: Int
  ) throws(EngineError) -> Int {
    try texts.reserve(run.byteCount + Lane<UInt8>.padding)
    let (values, nulls, target) = (Lane(values), Lane(nulls), Lane(texts))
    let (base, markerLength) = (self.values.count - first, rule.markerLength)
    var (nullCount, row, end) = (self.nulls.count, first, texts.count)
    while row < run.rowCount {
      let bytes = run.field(row, field)
      if bytes.count <= markerLength,
        bytes.isEmpty || isMarker(run.bytes, bytes.start, bytes.count)
      {
        nulls[nullCount] = UInt32(truncatingIfNeeded: base &+ row)
        nullCount &+= 1
      } else if bytes.isQuoted {
        end &+= run.copyUnescaped(bytes, to: target, end)
      } else {
        target.copyPadded(from: run.bytes, bytes.start, length: bytes.count, to: end)
        end &+= bytes.count
      }
      values[base &+ row] = Int64(truncatingIfNeeded: end)
      row &+= 1
    }
    texts.extend(by: end - texts.count)
    took(row - first, nullCount)
    return row
  }

  /// Whether a text is a marker of the rule, and counts it; `length` is no less than -1.
  private func isMarker(_ bytes: Lane<UInt8>, _ start: Int, _ length: Int) -> Bool {
    guard length > 0, let marker = bytes.withSpan(start..<start + length, { rule.marker($0) })
    else { return false }
    markerCounts[marker] += 1
    return true
  }

  private func took(_ rowCount: Int, _ nullCount: Int) {
    values.extend(by: rowCount)
    nulls.extend(by: nullCount - nulls.count)
  }

  // MARK: Single values

  /// Takes a field by the rule of the column, and reports what is wrong with it.
  private func takeChecked(
    _ run: FieldRun, _ row: Int, _ field: Int, _ problems: PieceProblems
  ) throws(EngineError) {
    let (source, bytes) = try content(run, row, field)
    _ = isMarker(source, bytes.start, bytes.count)
    let (value, problem) = source.withSpan(bytes.start..<bytes.end) { rule.value($0) }
    if let problem {
      let text = source.withSpan(bytes.start..<bytes.end) { String(decoding: $0) }
      problems.add(problem, row: row, field: field, value: text)
    }
    try append(value, source, bytes)
  }

  /// Takes a field that may decide on the type of the column; false if it does not go with it.
  private func takeFound(_ run: FieldRun, _ row: Int, _ field: Int) throws(EngineError) -> Bool {
    let (source, bytes) = try content(run, row, field)
    guard !bytes.isEmpty, !isMarker(source, bytes.start, bytes.count) else {
      try append(.null, source, bytes)
      return true
    }
    let found = source.withSpan(bytes.start..<bytes.end) { FoundValue($0) }
    guard let joined = kind.joined(with: found.kind) else { return false }
    if kind == .integer, joined == .number { turnIntoNumbers() }
    kind = joined
    switch found {
    case .boolean(let value): try append(.boolean(value), source, bytes)
    case .integer(let value):
      if kind == .number { hasDigits = true }
      try append(kind == .number ? .number(Double(value)) : .integer(value), source, bytes)
    case .number(let value, let hasDigits):
      if hasDigits { self.hasDigits = true }
      try append(.number(value), source, bytes)
    case .day(let value): try append(.day(value), source, bytes)
    case .time(let value): try append(.time(value), source, bytes)
    case .text: try append(.text(""), source, bytes)
    }
    return true
  }

  /// Takes a value whose text stands in `source`.
  private func append(
    _ value: Value, _ source: Lane<UInt8>, _ bytes: FieldBytes
  ) throws(EngineError) {
    switch value {
    case .boolean(let value): try values.append(value ? 1 : 0)
    case .integer(let value):
      (lowest, highest) = (min(lowest, value), max(highest, value))
      try values.append(value)
    case .number(let value): try values.append(Int64(bitPattern: value.bitPattern))
    case .day(let value): try values.append(Int64(value.number))
    case .time(let value): try values.append(value.microseconds)
    case .text, .list: try appendText(source, bytes)
    case .null, .figure, .reference:
      try nulls.append(UInt32(values.count))
      try values.append(nullValue)
    }
  }

  private func appendText(_ source: Lane<UInt8>, _ bytes: FieldBytes) throws(EngineError) {
    guard let table else {
      try texts.reserve(bytes.count)
      Lane(texts).copy(from: source, bytes.start, length: bytes.count, to: texts.count)
      texts.extend(by: bytes.count)
      return try values.append(Int64(texts.count))
    }
    let (number, isNew) = try table.number(of: source, bytes.start, bytes.count)
    if isNew { try newTextRows.append(UInt32(values.count)) }
    try values.append(Int64(number))
  }

  /// What stands for a null among the values.
  private var nullValue: Int64 { table == nil && kind == .text ? Int64(texts.count) : 0 }

  private func turnIntoNumbers() {
    for row in 0..<values.count {
      values[row] = Int64(bitPattern: Double(values[row]).bitPattern)
    }
    if hasValues { hasDigits = true }
  }

  // MARK: Quotes

  /// The bytes of a field, without quotes, and where they stand.
  private func content(
    _ run: FieldRun, _ row: Int, _ field: Int
  ) throws(EngineError) -> (Lane<UInt8>, FieldBytes) {
    let bytes = run.field(row, field)
    guard bytes.isQuoted, run.hasQuote(bytes) else { return (run.bytes, bytes) }
    let plain = try unescape(run, bytes)
    return (Lane(unescaped), plain)
  }

  /// Takes one of each two quotes out of a field.
  private func unescape(
    _ run: FieldRun, _ bytes: FieldBytes
  ) throws(EngineError) -> FieldBytes {
    try unescaped.reserve(bytes.count + Lane<UInt8>.padding)
    let count = run.copyUnescaped(bytes, to: Lane(unescaped), 0)
    return FieldBytes(start: 0, end: count, isQuoted: false)
  }
}
