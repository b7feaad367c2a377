import AnnalsEngine
import Glibc

/// Functions of a row whose arguments are all wanted.
enum TwinFunctions {
  static func value(_ name: String, _ values: [Value]) throws(TwinFailure) -> Value {
    switch name {
    case "least", "greatest": return extreme(values, greatest: name == "greatest")
    case "clamp":
      guard values[0] != .null else { return .null }
      let raised = extreme([values[0], values[1]], greatest: true)
      return extreme([raised, values[2]], greatest: false)
    default:
      if values.contains(.null) { return .null }
      switch name {
      case "round" where values.count > 1: return rounded(values[0], values[1])
      case "abs", "round", "floor", "ceil", "sqrt", "log", "exp":
        return try numeric(name, values[0])
      case "text", "number", "integer", "day": return try converted(name, values[0])
      case "year", "quarter", "month", "week", "weekday", "day_of_month", "start_of", "days":
        return dated(name, values)
      case "distance", "priogrid": return placed(name, values.compactMap(TwinArithmetic.number))
      default: return TwinTexts.value(name, values)
      }
    }
  }

  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  /// Of equal values the first.
  private static func extreme(_ values: [Value], greatest: Bool) -> Value {
    var best = Value.null
    for value in values where value != .null {
      if best == .null
        || (greatest ? TwinOrder.isLess(best, value) : TwinOrder.isLess(value, best))
      {
        best = value
      }
    }
    return best
  }

  private static func numeric(_ name: String, _ value: Value) throws(TwinFailure) -> Value {
    if case .integer(let whole) = value {
      switch name {
      case "abs":
        if whole == .min { throw TwinFailure(.integerOverflow) }
        return .integer(whole < 0 ? -whole : whole)
      case "round", "floor", "ceil": return value
      default: break
      }
    }
    guard let number = TwinArithmetic.number(value) else { return .null }
    switch name {
    case "abs": return .number(number.magnitude)
    case "sqrt": return number >= 0 ? .number(number.squareRoot()) : .null
    case "log": return number > 0 ? .number(Glibc.log(number)) : .null
    case "exp": return .number(Glibc.exp(number))
    case "floor": return try whole(number.rounded(.down))
    case "ceil": return try whole(number.rounded(.up))
    default: return try whole(number.rounded(.toNearestOrAwayFromZero))
    }
  }

  /// Rounds the decimal digits of the number's exact value, as they are written.
  private static func rounded(_ value: Value, _ decimals: Value) -> Value {
    guard case .number(let number) = value, case .integer(let count) = decimals,
      number.magnitude < 0x1p52
    else { return value }
    // Less than half of the smallest step there is.
    if number.magnitude < 0x1p-60 { return .number(0) }
    var whole = Int(number.magnitude)
    var digits = digits(ofFraction: number.magnitude - Double(whole))
    digits += Array(repeating: 0, count: 16)
    var kept = Array(digits[0..<Int(count)])
    var carry = digits[Int(count)] >= 5 ? 1 : 0
    for place in kept.indices.reversed() {
      kept[place] += carry
      carry = kept[place] / 10
      kept[place] %= 10
    }
    whole += carry
    let text = "\(whole)." + kept.map { "\($0)" }.joined() + "0"
    guard let result = Double(text), result > 0 else { return .number(0) }
    return .number(number < 0 ? -result : result)
  }

  /// All decimal digits: a half of a number whose digits are known has one more.
  private static func digits(ofFraction fraction: Double) -> [Int] {
    var bits: [Int] = []
    var rest = fraction
    while rest > 0 {
      rest *= 2
      bits.append(rest >= 1 ? 1 : 0)
      if rest >= 1 { rest -= 1 }
    }
    var digits: [Int] = []
    for bit in bits.reversed() {
      var carry = bit
      for place in digits.indices {
        let ten = carry * 10 + digits[place]
        digits[place] = ten / 2
        carry = ten % 2
      }
      if carry == 1 { digits.append(5) }
    }
    return digits
  }

  private static func whole(_ number: Double) throws(TwinFailure) -> Value {
    guard number.isFinite, number == number.rounded(.towardZero), number >= -0x1p63,
      number < 0x1p63
    else { throw TwinFailure(.notWhole) }
    return .integer(Int64(number))
  }

  private static func converted(_ name: String, _ value: Value) throws(TwinFailure) -> Value {
    switch (name, value) {
    case ("text", .day(let day)): return .text(TwinCalendar.text(Int(day.number)))
    case ("text", _): return .text(value.text)
    case ("integer", .number(let number)): return try whole(number)
    case ("integer", .boolean(let truth)): return .integer(truth ? 1 : 0)
    case ("integer", .text(let text)):
      guard let whole = TwinTexts.integer(text) else { throw TwinFailure(.notConvertible) }
      return .integer(whole)
    case ("number", .boolean(let truth)): return .number(truth ? 1 : 0)
    case ("number", .text(let text)):
      guard let number = TwinTexts.number(text) else { throw TwinFailure(.notConvertible) }
      return .number(number)
    case ("day", .time(let time)):
      let days = (Double(time.microseconds) / 86_400_000_000).rounded(.down)
      guard Int(days) >= TwinCalendar.first, Int(days) <= TwinCalendar.last else {
        throw TwinFailure(.dayOutOfRange)
      }
      return .day(Day(number: Int32(days)))
    case ("day", .text(let text)):
      guard let day = TwinCalendar.day(text) else { throw TwinFailure(.notConvertible) }
      return .day(Day(number: Int32(day)))
    default: return value
    }
  }

  // MARK: Days

  private static func number(_ value: Value) -> Int {
    switch value {
    case .day(let day): Int(day.number)
    case .time(let time): Int((Double(time.microseconds) / 86_400_000_000).rounded(.down))
    default: 0
    }
  }

  private static func dated(_ name: String, _ values: [Value]) -> Value {
    let number = number(values[0])
    let date = TwinCalendar.date(number)
    let year = TwinCalendar.padded(date.year, 4)
    switch name {
    case "year": return .integer(Int64(date.year))
    case "day_of_month": return .integer(Int64(date.day))
    case "weekday": return .integer(Int64(TwinCalendar.weekday(number)))
    case "month": return .text(year + "-" + TwinCalendar.padded(date.month, 2))
    case "quarter": return .text(year + "-Q\((date.month - 1) / 3 + 1)")
    case "week":
      let week = TwinCalendar.week(number)
      return .text(
        TwinCalendar.padded(week.year, 4) + "-W" + TwinCalendar.padded(week.week, 2))
    case "days": return .integer(Int64(self.number(values[1]) - number))
    default: return start(number, date, values)
    }
  }

  /// Null where the week begins before the calendar does.
  private static func start(
    _ number: Int, _ date: TwinCalendar.Date, _ values: [Value]
  ) -> Value {
    var start = number
    switch values[1].text {
    case "week":
      let names = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
      ]
      let first = values.count > 2 ? (names.firstIndex(of: values[2].text) ?? 0) + 1 : 1
      while TwinCalendar.weekday(start) != first { start -= 1 }
    case "month": start = TwinCalendar.number(date.year, date.month, 1)
    case "quarter": start = TwinCalendar.number(date.year, [1, 4, 7, 10][(date.month - 1) / 3], 1)
    default: start = TwinCalendar.number(date.year, 1, 1)
    }
    return start < TwinCalendar.first ? .null : .day(Day(number: Int32(start)))
  }

  // MARK: Places

  private static func placed(_ name: String, _ degrees: [Double]) -> Value {
    for (index, degree) in degrees.enumerated() {
      guard degree.magnitude <= (index % 2 == 0 ? 90 : 180) else { return .null }
    }
    if name == "priogrid" {
      let row = degrees[0] == 90 ? 359 : Int(((degrees[0] + 90) * 2).rounded(.down))
      let column = degrees[1] == 180 ? 719 : Int(((degrees[1] + 180) * 2).rounded(.down))
      return .integer(Int64(row * 720 + column + 1))
    }
    // The angle between two directions, from their cross and dot products.
    func direction(_ latitude: Double, _ longitude: Double) -> [Double] {
      let (phi, lambda) = (latitude * .pi / 180, longitude * .pi / 180)
      return [cos(phi) * cos(lambda), cos(phi) * sin(lambda), sin(phi)]
    }
    let a = direction(degrees[0], degrees[1])
    let b = direction(degrees[2], degrees[3])
    let cross = [
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
    ]
    let sine = (cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]).squareRoot()
    let cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return .number(6371.0088 * atan2(sine, cosine))
  }
}
