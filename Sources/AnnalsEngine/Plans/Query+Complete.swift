/// How the gaps of a time axis are filled.
package struct Completion: Hashable, Sendable {
  /// The slots that tell the groups apart.
  package let partition: [Int]
  /// The slot of the day.
  package let date: Int
  package let step: CalendarSpan
  /// What new rows hold, by slot; other slots are null.
  package let fills: [Int: Value]
  /// The first and the last day; nil for those of the table.
  package let from: Day?
  package let to: Day?
}

extension Query {
  /// Adds a row for each day of the table's range (or of the given one) that a group lacks, one step
  /// after another from the first day on. Rows come by group in the order of their first row, then by
  /// day; rows without a day come last in their group.
  ///
  /// - Parameters:
  ///   - column: The column of days.
  ///   - step: Such as `1 day` or `1 month`.
  ///   - fills: What new rows hold besides group columns and day; a column that is not named is null.
  ///     At least one must be: no report is not zero.
  public func completed(
    _ column: String, step: String, fills: [(column: String, value: Value)], from: Day? = nil,
    to: Day? = nil
  ) throws(EngineError) -> Query {
    let field = try dayField(column)
    guard let span = CalendarSpan(step) else {
      throw .misuse(
        "`\(step.shortened)` is no span of the calendar",
        fix: "write a number and days, weeks, months or years, such as '1 day'")
    }
    guard !fills.isEmpty else {
      throw .misuse(
        "`complete` must be told what new rows hold",
        fix: "write {n = 0} for a count, or {n = annals.null} where no report is not zero")
    }
    var values: [Int: Value] = [:]
    for (name, value) in fills {
      guard let filled = schema[name] else {
        throw .unknownColumn(
          name, verb: "complete", near: NearNames.suggestions(for: name, among: schema.names))
      }
      for (slot, part) in try parts(value, of: filled) { values[slot] = part }
    }
    let keys = groups.compactMap { schema[$0] }.flatMap { $0.slot..<$0.slot + $0.width }
    let completion = Completion(
      partition: keys, date: field.slot, step: span, fills: values, from: from, to: to)
    var facts = facts
    facts.uniqueSlots = facts.uniqueSlots.filter { $0.contains(field.slot) }
    return with(plan: .complete(plan, completion)).with(facts: facts)
  }

  private func dayField(_ column: String) throws(EngineError) -> Field {
    guard let field = schema[column] else {
      throw .unknownColumn(
        column, verb: "complete", near: NearNames.suggestions(for: column, among: schema.names))
    }
    guard field.type == .day else {
      throw .misuse(
        "`complete` needs a column of days, and `\(column)` is \(field.type.withArticle)",
        fix: "days come from `day(x)` or `start_of(x, 'month')`")
    }
    guard !groups.contains(column) else {
      throw .misuse(
        "`complete` can't fill the group column `\(column)`", fix: "group by the other columns")
    }
    return field
  }

  /// A value by the slots of a field.
  private func parts(
    _ value: Value, of field: Field
  ) throws(EngineError) -> [(slot: Int, value: Value)] {
    switch (value, field.type) {
    case (.null, _): return (0..<field.width).map { (field.slot + $0, .null) }
    case (.integer(let whole), .figure): return try parts(.figure(Figure(Double(whole))), of: field)
    case (.number(let number), .figure): return try parts(.figure(Figure(number)), of: field)
    case (.figure(let figure), .figure):
      return [figure.low, figure.best, figure.high].enumerated().map { index, part in
        (field.slot + index, part.map { .number($0) } ?? .null)
      }
    case (.integer(let whole), .number): return [(field.slot, .number(Double(whole)))]
    case (.text(let text), .day):
      guard let day = Day(text) else { break }
      return [(field.slot, .day(day))]
    default:
      if value.type == field.type { return [(field.slot, value)] }
    }
    throw .misuse(
      "`complete` can't fill `\(field.name)`, which is \(field.type.withArticle), with"
        + " `\(value.text.shortened)`", fix: nil)
  }
}
