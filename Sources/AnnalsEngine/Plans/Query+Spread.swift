/// How a number is divided over days.
public enum SpreadMode: String, CaseIterable, Hashable, Sendable {
  /// In equal parts, as exactly as numbers allow; the parts add up to the whole.
  case fraction
  /// Whole numbers: an equal part for each day, and what remains on the first.
  case remainder
  /// All of it on the first day, 0 on the others.
  case first
}

/// What is divided over which days.
package struct Spreading: Hashable, Sendable {
  /// The slots of the first and the last day.
  package let from: Int
  package let to: Int
  /// The slots of each number, and of each figure: who asks for a part of it asks for all.
  package let numbers: [Range<Int>]
  package let mode: SpreadMode
}

extension Query {
  /// One row for each day from a first to a last one, with some numbers divided over the days; both
  /// columns of days become that day. Totals are conserved. A row with an open end, or whose end comes
  /// first, stays as it is. A column `spread_days` tells over how many days a row was divided, null
  /// where it was not.
  ///
  /// - Parameters:
  ///   - columns: Numbers or figures; of a figure each bound is divided. Without any, there are just
  ///     the days.
  /// - Throws: when run, ``EngineError/row(_:row:_:)`` for a fraction in mode `remainder`.
  public func spread(
    from first: String, to last: String, _ columns: [String], _ mode: SpreadMode
  ) throws(EngineError) -> Query {
    let place = FormulaPlace(formula: "spread", range: 0..<6)
    guard first != last else { throw .misuse("`spread` needs two columns of days", fix: nil) }
    for name in [first, last] + columns where schema[name] == nil {
      throw .unknownColumn(
        name, verb: "spread", near: NearNames.suggestions(for: name, among: schema.names))
    }
    for name in [first, last] {
      guard let field = schema[name], field.type != .day else { continue }
      throw .misuse(
        "`spread` needs columns of days, and `\(name)` is \(field.type.withArticle)", fix: nil)
    }
    guard schema["spread_days"] == nil else {
      throw .misuse("`spread` adds the column `spread_days`, which is there already", fix: nil)
    }
    let prepared = try numbersAsDivided(columns, mode, place)
    guard let from = prepared.schema[first]?.slot, let to = prepared.schema[last]?.slot else {
      return self
    }
    let numbers = columns.compactMap { prepared.schema[$0] }.map { $0.slot..<$0.slot + $0.width }
    let spreading = Spreading(from: from, to: to, numbers: numbers, mode: mode)
    var facts = prepared.facts.adding(1)
    let table = facts.rowSlots.keys.min() ?? "the table"
    for slot in facts.lineages.indices {
      if numbers.joined().contains(slot) {
        facts.lineages[slot].isDivided = true
      } else {
        facts.lineages[slot].repeats.insert(table)
      }
    }
    facts.uniqueSlots = facts.uniqueSlots.map { $0.union([from]) }
    let base = with(
      plan: .spread(prepared.plan, spreading), schema: prepared.schema, facts: facts)
    var output = base.visibleColumns(place)
    let days = Expression(.slot(facts.lineages.count - 1), .integer, place)
    try output.append("spread_days", .scalar(days), [Origin()])
    base.appendHidden(to: &output)
    return base.projected(output, bound: bound)
  }

  /// Integers become numbers where fractions of them are wanted.
  private func numbersAsDivided(
    _ columns: [String], _ mode: SpreadMode, _ place: FormulaPlace
  ) throws(EngineError) -> Query {
    var output = OutputColumns()
    for field in schema.fields {
      var value = value(of: field, place)
      let origins = origins(of: value)
      if columns.contains(field.name) {
        switch (value, field.type) {
        case (.scalar(let number), .integer) where mode == .fraction:
          value = .scalar(Expression(.call(.integerToNumber, [number]), .number, place))
        case (_, .integer), (_, .number), (_, .figure): break
        default:
          throw .misuse(
            "`spread` can't divide `\(field.name)`, which is \(field.type.withArticle)",
            fix: "name numbers or figures")
        }
      }
      try output.append(field.name, value, origins)
    }
    appendHidden(to: &output)
    return projected(output, bound: bound)
  }
}
