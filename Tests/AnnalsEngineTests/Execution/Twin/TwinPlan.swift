@testable import AnnalsEngine

/// A query, and the same steps for an interpreter that goes row by row.
struct TwinPlan {
  enum Step {
    case filter(TwinFormula)
    case derive(String, TwinFormula)
    case sort([(formula: TwinFormula, isDescending: Bool)])
    case slice(skip: Int, take: Int)
    case aggregate(keys: [String], calls: [(name: String, call: TwinCall)])
    case pick(keys: [String], order: [(formula: TwinFormula, isDescending: Bool)], count: String)
  }

  private(set) var query: Query
  private(set) var steps: [Step] = []
  private(set) var columns: [TwinColumn]
  /// The verbs as text, for messages.
  private(set) var text: [String] = []
  private let data: TwinData
  private var nextName = 0

  init(_ data: TwinData, _ random: inout SeededRandom, stepCount: Int) throws {
    self.data = data
    query = Query(data.table, catalog: data.catalog)
    columns = data.columns
    for _ in 0..<stepCount { try addStep(&random) }
  }

  // MARK: Steps

  private mutating func addStep(_ random: inout SeededRandom) throws {
    var formulas = TwinFormulas(columns: columns, others: data.others, random: random)
    switch formulas.random.below(12) {
    case 0, 1, 2: try addFilter(&formulas)
    case 3, 4, 5: try addColumn(&formulas)
    case 6: try addSelection(&formulas)
    case 7, 8: try addSort(&formulas)
    case 9: try addSlice(&formulas)
    case 10: try addPick(&formulas)
    default: try addAggregate(&formulas)
    }
    random = formulas.random
  }

  private mutating func freshName() -> String {
    nextName += 1
    return "x\(nextName)"
  }

  private mutating func addFilter(_ formulas: inout TwinFormulas) throws {
    let condition = formulas.formula(.boolean, depth: 3)
    text.append("where " + condition.text)
    query = try query.filtered(by: condition.text)
    steps.append(.filter(condition))
  }

  private mutating func addColumn(_ formulas: inout TwinFormulas) throws {
    let type = formulas.random.pick([ValueType.integer, .number, .text, .boolean, .day])
    let formula = formulas.formula(type, depth: 3)
    let name = freshName()
    text.append("derive \(name) = \(formula.text)")
    query = try query.deriving(["\(name) = \(formula.text)"])
    steps.append(.derive(name, formula))
    columns.append(TwinColumn(name: name, type: type, isRepeated: formula.isRepeated))
  }

  private mutating func addSelection(_ formulas: inout TwinFormulas) throws {
    let kept = columns.filter { _ in !formulas.random.once(in: 4) }
    guard !kept.isEmpty else { return }
    columns = kept.shuffled(using: &formulas.random)
    text.append("select \(columns.map(\.name))")
    query = try query.selecting(columns.map(\.name))
  }

  private static func sortKeys(
    _ formulas: inout TwinFormulas
  ) -> [(formula: TwinFormula, isDescending: Bool)] {
    (0...formulas.random.below(3)).map { _ in
      let figure = formulas.columns.first { $0.type == .figure }
      let isDescending = formulas.random.once(in: 2)
      if let figure, formulas.random.once(in: 4) {
        return (TwinFormula(column: figure), isDescending)
      }
      let type = formulas.random.pick([ValueType.integer, .number, .text, .boolean, .day])
      return (formulas.formula(type, depth: 1), isDescending)
    }
  }

  private mutating func addSort(_ formulas: inout TwinFormulas) throws {
    let keys = Self.sortKeys(&formulas)
    let texts = keys.map { ($0.isDescending ? "-" : "") + $0.formula.text }
    text.append("sort \(texts)")
    query = try query.sorted(by: texts)
    steps.append(.sort(keys))
  }

  private mutating func addSlice(_ formulas: inout TwinFormulas) throws {
    let count = formulas.random.pick([1, 20, 20, 64, 100])
    if formulas.random.once(in: 2) {
      query = try query.skipping(count)
      steps.append(.slice(skip: count, take: .max))
      text.append("skip \(count)")
    } else {
      query = try query.taking(count)
      steps.append(.slice(skip: 0, take: count))
      text.append("take \(count)")
    }
  }

  private mutating func keyColumns(_ formulas: inout TwinFormulas) -> [TwinColumn] {
    let possible = columns.filter { $0.type != .figure }
    guard !possible.isEmpty else { return [] }
    let names = Set((0...formulas.random.below(2)).map { _ in formulas.random.pick(possible).name })
    return possible.filter { names.contains($0.name) }
  }

  private mutating func addPick(_ formulas: inout TwinFormulas) throws {
    let keys = keyColumns(&formulas)
    guard !keys.isEmpty else { return }
    let order = Self.sortKeys(&formulas)
    let texts = order.map { ($0.isDescending ? "-" : "") + $0.formula.text }
    let count = freshName()
    text.append("pick \(keys.map(\.name)) by \(texts)")
    query = try query.picking(
      keys: keys.map(\.name), order: texts, countName: count, verb: "pick")
    steps.append(.pick(keys: keys.map(\.name), order: order, count: count))
    columns.append(TwinColumn(name: count, type: .integer))
  }

  private mutating func addAggregate(_ formulas: inout TwinFormulas) throws {
    var keys = formulas.random.once(in: 4) ? [] : keyColumns(&formulas)
    if formulas.random.once(in: 3) {
      let type = formulas.random.pick([ValueType.integer, .number, .text, .boolean, .day])
      let formula = formulas.formula(type, depth: 2)
      let name = freshName()
      steps.append(.derive(name, formula))
      query = try query.grouped(by: keys.map(\.name) + ["\(name) = \(formula.text)"])
      text.append("group \(keys.map(\.name)), \(name) = \(formula.text)")
      keys.append(TwinColumn(name: name, type: type, isRepeated: formula.isRepeated))
    } else if !keys.isEmpty {
      query = try query.grouped(by: keys.map(\.name))
      text.append("group \(keys.map(\.name))")
    } else {
      query = query.ungrouped()
    }
    var calls: [(name: String, call: TwinCall)] = []
    for _ in 0...formulas.random.below(4) {
      calls.append((freshName(), TwinCall.random(&formulas)))
    }
    let texts = calls.map { "\($0.name) = \($0.call.text)" }
    text.append("aggregate \(texts)")
    query = try query.aggregated(texts)
    steps.append(.aggregate(keys: keys.map(\.name), calls: calls))
    columns = keys + calls.map { TwinColumn(name: $0.name, type: $0.call.type) }
  }

  // MARK: Results as text

  /// A value without the difference between the two zeros.
  static func plain(_ value: Value) -> Value {
    if case .number(let number) = value, number == 0 { return .number(0) }
    return value
  }

  static func cell(_ value: Value) -> String {
    switch plain(value) {
    case .null: "-"
    case .number(let number): "\(number.bitPattern)"
    case let other: other.text
    }
  }
}
