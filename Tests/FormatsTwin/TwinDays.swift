import AnnalsEngine
import AnnalsFormats

/// Days in texts, in the other forms that random files have: three numbers such as `2022-1-5` and
/// `5/1/22`.
enum TwinDays {
  case none
  case days(Column)
  /// Days that may have the day or the month first, or some of which can only have the one and some the
  /// other; with the row of the first.
  case unclear(DataProblem.Reason, row: Int, text: String)

  /// What the texts of a column are.
  init(in column: Column) throws(EngineError) {
    self = .none
    guard column.type == .text, column.nullCount < column.count else { return }
    var texts: [(row: Int, text: String)] = []
    for row in 0..<column.count {
      if case .text(let text) = column.value(row) { texts.append((row, text)) }
    }
    let numbers = texts.compactMap { Numbers($0.text) }
    guard numbers.count == texts.count, numbers.allSatisfy({ $0.form == numbers[0].form }) else {
      return
    }
    let (dayFirst, monthFirst) = (numbers.map(\.dayFirst), numbers.map(\.monthFirst))
    guard zip(dayFirst, monthFirst).allSatisfy({ $0 != nil || $1 != nil }) else { return }
    let (isDayFirst, isMonthFirst) = (!dayFirst.contains(nil), !monthFirst.contains(nil))
    if isDayFirst == isMonthFirst, dayFirst != monthFirst {
      self = .unclear(
        isDayFirst ? .undecidedDayOrder : .contradictoryDayOrder, row: texts[0].row,
        text: texts[0].text)
      return
    }
    let builder = try ColumnBuilder(type: .day, budget: MemoryBudget(byteLimit: 1 << 28))
    var days = (isDayFirst ? dayFirst : monthFirst).makeIterator()
    for row in 0..<column.count {
      if case .text = column.value(row), case .some(.some(let day)) = days.next() {
        try builder.append(.day(day))
      } else {
        try builder.appendNull()
      }
    }
    self = .days(try builder.finished())
  }

  /// A text of three numbers.
  private struct Numbers {
    /// What all texts of a column have in common.
    let form: String
    let dayFirst: Day?
    /// The same if the year stands first.
    let monthFirst: Day?

    init?(_ text: String) {
      guard let separator = text.first(where: { !("0"..."9").contains($0) }),
        "-/.".contains(separator)
      else { return nil }
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let numbers = parts.compactMap { part in
        part.unicodeScalars.allSatisfy { ("0"..."9").contains($0) } ? Int(part) : nil
      }
      guard numbers.count == 3, parts.count == 3 else { return nil }
      switch (parts[0].count, parts[1].count, parts[2].count) {
      case (4, 1...2, 1...2):
        form = "year\(separator)"
        dayFirst = Day(year: numbers[0], month: numbers[1], day: numbers[2])
        monthFirst = dayFirst
      case (1...2, 1...2, 4), (1...2, 1...2, 2):
        let isShort = parts[2].count == 2
        guard !isShort || separator == "/" else { return nil }
        form = "\(separator)\(parts[2].count)"
        let year = isShort ? numbers[2] + (numbers[2] < 69 ? 2000 : 1900) : numbers[2]
        dayFirst = Day(year: year, month: numbers[1], day: numbers[0])
        monthFirst = Day(year: year, month: numbers[0], day: numbers[1])
      default: return nil
      }
    }
  }
}
