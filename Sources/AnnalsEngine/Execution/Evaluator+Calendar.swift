extension Evaluator {
  /// Functions of days; a time counts by its day in UTC.
  func calendar(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> Vector {
    guard case .integers(let days) = operands[0].lanes else { return operands[0] }
    let known = operands[0].validity
    switch function {
    case .year, .weekday, .dayOfMonth, .startOf:
      let part = try wholePart(function, operands, batch)
      let result = try scratch.takeIntegers()
      for row in 0..<batch.count { result[row] = Int64(part(Int(days[row]))) }
      let lanes = Vector(lanes: .integers(result), validity: known)
      return function == .startOf ? try withinCalendar(lanes, result, batch) : lanes
    default:
      let lanes = try texts(batch) { row, output throws(EngineError) in
        guard known.isSet(row) else { return }
        let text = Array(Self.period(function, Int(days[row])).utf8)
        try output.append(text.span)
      }
      return Vector(lanes: .texts(lanes), validity: known)
    }
  }

  /// A week that begins before the calendar does has no first day.
  private func withinCalendar(
    _ starts: Vector, _ days: Buffer<Int64>, _ batch: Batch
  ) throws(EngineError) -> Vector {
    let first = Self.dayRange.lowerBound
    guard (0..<batch.count).contains(where: { days[$0] < first }) else { return starts }
    let known = try scratch.takeWords()
    Words.fill(known, 0, count: batch.wordCount)
    for row in 0..<batch.count where starts.isValid(row) && days[row] >= first {
      known[row >> 6] |= 1 << UInt64(row & 63)
    }
    return starts.with(validity: known)
  }

  private func wholePart(
    _ function: RowFunction, _ operands: [Vector], _ batch: Batch
  ) throws(EngineError) -> (Int) -> Int {
    switch function {
    case .year: return { CivilDate.civil(days: $0).year }
    case .weekday: return { CivilDate.weekday(days: $0) }
    case .dayOfMonth: return { CivilDate.civil(days: $0).day }
    default:
      let unit = try firstText(operands[1], batch)
      let first = operands.count > 2 ? try firstText(operands[2], batch) : "monday"
      let firstDay = (CalendarUnit.weekdays.firstIndex(of: first) ?? 0) + 1
      return { Self.start(of: CalendarUnit(rawValue: unit) ?? .month, $0, firstDay) }
    }
  }

  /// A constant text; the unit of `start_of` is one.
  private func firstText(_ vector: Vector, _ batch: Batch) throws(EngineError) -> String {
    let texts = try textLanes(vector, batch)
    return batch.count == 0 ? "" : String(decoding: texts.bytes.span.extracting(texts.text(0)))
  }

  private static func start(of unit: CalendarUnit, _ days: Int, _ firstDay: Int) -> Int {
    let date = CivilDate.civil(days: days)
    switch unit {
    case .week: return days - (CivilDate.weekday(days: days) - firstDay + 7) % 7
    case .month: return CivilDate.days(year: date.year, month: date.month, day: 1)
    case .quarter:
      return CivilDate.days(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1)
    case .year: return CivilDate.days(year: date.year, month: 1, day: 1)
    }
  }

  private static func period(_ function: RowFunction, _ days: Int) -> String {
    let date = CivilDate.civil(days: days)
    switch function {
    case .month: return Day.padded(date.year, 4) + "-" + Day.padded(date.month, 2)
    case .quarter: return Day.padded(date.year, 4) + "-Q" + String((date.month - 1) / 3 + 1)
    default:
      let week = CivilDate.week(days: days)
      return Day.padded(week.year, 4) + "-W" + Day.padded(week.week, 2)
    }
  }
}
