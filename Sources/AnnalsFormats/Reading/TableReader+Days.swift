import AnnalsEngine

extension TableReader {
  /// Makes days of a finished column where it holds nothing else, and tells in which form they stand.
  mutating func findDays(
    _ field: inout FieldDefinition, _ column: inout Column, _ lines: RowLines
  ) throws(EngineError) {
    let isDeclared = hints?.fields[field.name]?.type == .day
    guard hints != nil, isDeclared || hints?.fields[field.name] == nil,
      isDeclared || column.nullCount < column.count
    else { return }
    switch field.type {
    case .text: try findDays(inTexts: &column, of: field.name, isDeclared: isDeclared, lines)
    case .integer: try findDays(inIntegers: &column, of: field.name)
    case .time: try findMidnights(&column, of: field.name)
    default: return
    }
    if column.type == .day { field.type = .day }
    if column.type == .time { field.type = .time }
  }

  // MARK: Texts

  private mutating func findDays(
    inTexts column: inout Column, of name: String, isDeclared: Bool, _ lines: RowLines
  ) throws(EngineError) {
    var finder = DayFinder(order: hints?.dayOrders[name])
    var example: (text: String, row: Int)?
    var number = -1
    // A text of a dictionary is looked at once: they are numbered by first appearance.
    for row in 0..<column.count where !column.isNull(row) {
      guard let location = column.textLocation(row) else { continue }
      if column.dictionary != nil, location.index <= number { continue }
      number = location.index
      let isDay = finder.take(location.block[location.index])
      if isDay, example == nil { example = (location.block.string(location.index), row) }
      if !isDay, !isDeclared { return }
    }
    switch finder.finding(isDeclared: isDeclared) {
    case .days(let order, let isNeeded):
      try makeDays(&column, of: name, lines) { finder.day($0, order) }
      let shown = ShownText.quoted(example?.text ?? "")
      let which = order == .dayFirst ? ", day first" : ", month first"
      note("days written as \(shown)" + (isNeeded ? which : ""), column: name)
    case .undecided, .contradictory:
      guard let example else { return }
      let reason: DataProblem.Reason =
        finder.finding(isDeclared: isDeclared) == .undecided
        ? .undecidedDayOrder : .contradictoryDayOrder
      report(reason, column: name, line: lines[example.row], value: example.text)
    case .noDays:
      if isDeclared { try makeDays(&column, of: name, lines) { _ in nil } }
    }
  }

  /// Puts days in the place of texts; what is no day is null, and told.
  private mutating func makeDays(
    _ column: inout Column, of name: String, _ lines: RowLines, _ day: (Span<UInt8>) -> Day?
  ) throws(EngineError) {
    let builder = try ColumnBuilder(type: .day, budget: budget)
    var (number, last): (Int, Day?) = (-1, nil)
    for row in 0..<column.count {
      guard !column.isNull(row), let location = column.textLocation(row) else {
        try builder.appendNull()
        continue
      }
      if location.index != number {
        number = location.index
        let bytes = location.block[number]
        last = Day(iso: bytes) ?? day(bytes) ?? Self.compactDay(bytes)
      }
      if let last {
        try builder.append(.day(last))
      } else {
        try builder.appendNull()
        report(
          .notOfType(type: "day", examples: FieldType.day.examples), column: name,
          line: lines[row], value: location.block.string(number))
      }
    }
    column = try builder.finished()
  }

  // MARK: Numbers

  /// `20220105` in a column whose name speaks of dates, and seconds since 1970 in one of timestamps.
  private mutating func findDays(
    inIntegers column: inout Column, of name: String
  ) throws(EngineError) {
    guard let row = (0..<column.count).first(where: { !column.isNull($0) }) else { return }
    let first = column.integer(row)
    let word = name.lowercased()
    if Self.compactDay(first) != nil, word.contains("date") {
      guard let days = try made(from: column, .day, Self.compactDay) else { return }
      note("days written as `\(first)`", column: name)
      column = days
    } else if Self.secondsTime(first) != nil, word.contains("timestamp") {
      guard let times = try made(from: column, .time, Self.secondsTime) else { return }
      note("times written as seconds since 1970", column: name)
      column = times
    }
  }

  /// A column of other values; nil if a value has none.
  private func made(
    from column: Column, _ type: ValueType, _ value: (Int64) -> Value?
  ) throws(EngineError) -> Column? {
    for row in 0..<column.count where !column.isNull(row) && value(column.integer(row)) == nil {
      return nil
    }
    let builder = try ColumnBuilder(type: type, budget: budget)
    for row in 0..<column.count {
      let found = column.isNull(row) ? nil : value(column.integer(row))
      if let found { try builder.append(found) } else { try builder.appendNull() }
    }
    return try builder.finished()
  }

  /// The day of `20220105`, from the year 1500 to 2199.
  private static func compactDay(_ number: Int64) -> Value? {
    guard (1500_01_01...2199_12_31).contains(number) else { return nil }
    let (year, rest) = number.quotientAndRemainder(dividingBy: 10_000)
    return Day(year: Int(year), month: Int(rest / 100), day: Int(rest % 100)).map(Value.day)
  }

  private static func compactDay(_ bytes: Span<UInt8>) -> Day? {
    guard bytes.count == 8, let number = try? FieldType.integer(bytes),
      case .day(let day)? = compactDay(number)
    else { return nil }
    return day
  }

  /// The time of a number of seconds from 1990 to 2099.
  private static func secondsTime(_ seconds: Int64) -> Value? {
    guard (631_152_000..<4_102_444_800).contains(seconds) else { return nil }
    return .time(Timestamp(microseconds: seconds * 1_000_000))
  }

  // MARK: Times

  /// Times that all are midnight are days.
  private mutating func findMidnights(
    _ column: inout Column, of name: String
  ) throws(EngineError) {
    let midnight = { (time: Int64) -> Value? in
      time % Timestamp.microsecondsPerDay == 0
        ? .day(Timestamp(microseconds: time).day) : nil
    }
    guard let days = try made(from: column, .day, midnight) else { return }
    note("days written as times at midnight", column: name)
    column = days
  }
}
