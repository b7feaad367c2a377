import AnnalsEngine

/// Days in texts, in the only other form that random files have: `2022-1-5`.
enum TwinDays {
  /// The days of a column of texts; nil if it holds anything else.
  static func days(in column: Column) throws(EngineError) -> Column? {
    guard column.type == .text, column.nullCount < column.count else { return nil }
    let builder = try ColumnBuilder(
      type: .day, budget: MemoryBudget(byteLimit: 1 << 28))
    for row in 0..<column.count {
      guard case .text(let text) = column.value(row) else {
        try builder.appendNull()
        continue
      }
      guard let day = day(text) else { return nil }
      try builder.append(.day(day))
    }
    return try builder.finished()
  }

  private static func day(_ text: String) -> Day? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts.allSatisfy({ (1...4).contains($0.count) }),
      parts[1].count <= 2, parts[2].count <= 2,
      parts.joined().unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return Day(year: year, month: month, day: day)
  }
}
