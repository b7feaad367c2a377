package import AnnalsEngine

/// What rows are ordered by: a column or a formula.
package struct TwinSortKey: Sendable {
  let formula: TwinFormula
  let isDescending: Bool

  /// As `sort` takes it: a column by its whole name, a formula in brackets.
  var text: String {
    if case .column(let name) = formula.kind { return (isDescending ? "-" : "") + name }
    return (isDescending ? "-" : "") + "(" + formula.text() + ")"
  }
}

/// A verb of a plan.
package enum TwinStep: Sendable {
  case filter(TwinFormula)
  case filterEqual([(column: String, value: Value)])
  case derive(TwinColumnFormula)
  case select([TwinColumnFormula])
  case drop([String])
  case rename([(new: String, old: String)])
  case group([TwinColumnFormula])
  case ungroup
  case aggregate([TwinColumnFormula])
  case count([String])
  case sort([TwinSortKey])
  case take(Int)
  case skip(Int)
  case top(Int, [TwinSortKey])
  case distinct([String])
  case pick(keys: [String], order: [TwinSortKey], count: String, widest: String?)
  case join(TwinPlan, keys: [(left: String, right: String)], JoinKind)
  case append(TwinPlan)
  case expand(table: String, column: String)
  case explode(String)
  case unpivot([String], name: String, value: String)
  case complete(String, step: String, fills: [(column: String, value: Value)], from: Day?, to: Day?)
  case spread(from: String, to: String, [String], SpreadMode)
  case pivot(String, TwinColumnFormula)
}

extension TwinStep {
  /// The verb as scripts call it, and of a few what kind of it.
  package var verb: String {
    switch self {
    case .filter: "where"
    case .filterEqual: "where{}"
    case .derive(let column): column.calls.isEmpty ? "derive" : "derive over rows"
    case .select: "select"
    case .drop: "drop"
    case .rename: "rename"
    case .group: "group"
    case .ungroup: "ungroup"
    case .aggregate: "aggregate"
    case .count: "count"
    case .sort: "sort"
    case .take: "take"
    case .skip: "skip"
    case .top: "top"
    case .distinct: "distinct"
    case .pick: "pick"
    case .join(_, _, let kind): "join \(kind.rawValue)"
    case .append: "append"
    case .expand: "expand"
    case .explode: "explode"
    case .unpivot: "unpivot"
    case .complete: "complete"
    case .spread: "spread"
    case .pivot: "pivot"
    }
  }

  /// The verb with its arguments, for people.
  package var text: String {
    switch self {
    case .filter(let condition): "where " + condition.text()
    case .filterEqual(let values):
      "where{" + values.map { "\($0.column) = \($0.value)" }.joined(separator: ", ") + "}"
    case .derive(let column): "derive " + column.text
    case .select(let columns): "select " + Self.list(columns.map(Self.item))
    case .drop(let names): "drop " + Self.list(names)
    case .rename(let names):
      "rename " + names.map { "\($0.new) = \($0.old)" }.joined(separator: ", ")
    case .group(let columns): "group " + Self.list(columns.map(Self.item))
    case .ungroup: "ungroup"
    case .aggregate(let columns): "aggregate " + Self.list(columns.map(\.text))
    case .count(let names): "count " + Self.list(names)
    case .sort(let keys): "sort " + Self.list(keys.map(\.text))
    case .take(let count): "take \(count)"
    case .skip(let count): "skip \(count)"
    case .top(let count, let keys): "top \(count) " + Self.list(keys.map(\.text))
    case .distinct(let names): "distinct " + Self.list(names)
    case .pick(let keys, let order, let count, let widest):
      "pick \(Self.list(keys)) by \(Self.list(order.map(\.text))), \(count), \(widest ?? "row")"
    case .join(let other, let keys, let kind):
      "join \(kind.rawValue) on \(Self.list(keys.map { "\($0.left) == \($0.right)" })) with "
        + other.text.joined(separator: " : ")
    case .append(let other): "append " + other.text.joined(separator: " : ")
    case .expand(let table, let column): "expand \(table).\(column)"
    case .explode(let name): "explode " + name
    case .unpivot(let names, let name, let value): "unpivot \(Self.list(names)) \(name) \(value)"
    case .complete(let name, let step, let fills, let from, let to):
      "complete \(name) by \(step) with \(fills) from \(String(describing: from)) to "
        + String(describing: to)
    case .spread(let from, let to, let names, let mode):
      "spread \(from) to \(to) \(Self.list(names)) by \(mode.rawValue)"
    case .pivot(let column, let cell): "pivot \(column) \(cell.formula.text(cell.calls))"
    }
  }

  private static func list(_ texts: [String]) -> String { texts.joined(separator: "; ") }

  /// A column as `select` and `group` take it: by its whole name, as a path, or with a name.
  static func item(_ column: TwinColumnFormula) -> String {
    switch column.formula.kind {
    case .column(let name) where name == column.name: name
    case .path(let name, let path) where column.name == ([name] + path).joined(separator: "."):
      column.formula.text()
    default: column.text
    }
  }

  /// A join's key as text.
  static func key(_ key: (left: String, right: String)) -> String {
    key.left == key.right
      ? key.left : TwinFormula.quoted(key.left) + " == " + TwinFormula.quoted(key.right)
  }
}

/// A table of the dataset and what is done to it.
package struct TwinPlan: Sendable {
  package let table: String
  package var steps: [TwinStep]

  package init(table: String, steps: [TwinStep] = []) {
    self.table = table
    self.steps = steps
  }

  package var text: [String] { [table] + steps.map(\.text) }

  /// Whether a written truth value may decide what a formula reads.
  var hasConstantConditions: Bool {
    text.contains { $0.contains("true") || $0.contains("false") }
  }
}

extension TwinPlan {
  /// The plan as the engine's query.
  package func query(_ catalog: Catalog, _ context: RunContext) throws(EngineError) -> Query {
    var query = try Query(table, of: catalog)
    for step in steps { query = try step.applied(to: query, catalog, context) }
    return query
  }
}

extension TwinStep {
  /// The query after this verb.
  ///
  /// - Parameter context: A pivot runs at once.
  package func applied(
    to query: Query, _ catalog: Catalog, _ context: RunContext
  ) throws(EngineError) -> Query {
    switch self {
    case .filter(let condition): return try query.filtered(by: condition.text())
    case .filterEqual(let values): return try query.filtered(equal: values)
    case .derive(let column): return try query.deriving([column.text])
    case .select(let columns): return try query.selecting(columns.map(Self.item))
    case .drop(let names): return try query.dropping(names)
    case .rename(let names): return try query.renaming(names)
    case .group(let columns): return try query.grouped(by: columns.map(Self.item))
    case .ungroup: return query.ungrouped()
    case .aggregate(let columns): return try query.aggregated(columns.map(\.text))
    case .count(let names): return try query.counted(by: names)
    case .sort(let keys): return try query.sorted(by: keys.map(\.text))
    case .take(let count): return try query.taking(count)
    case .skip(let count): return try query.skipping(count)
    case .top(let count, let keys): return try query.top(count, by: keys.map(\.text))
    case .distinct(let names): return try query.distinct(names)
    default: return try shaped(query, catalog, context)
    }
  }

  private func shaped(
    _ query: Query, _ catalog: Catalog, _ context: RunContext
  ) throws(EngineError) -> Query {
    switch self {
    case .pick(let keys, let order, let count, let widest):
      return try query.picking(
        widest.map { .widest(field: $0) } ?? .row, keys: keys, order: order.map(\.text),
        countName: count, verb: "resolve")
    case .join(let other, let keys, let kind):
      return try query.joined(
        with: try other.query(catalog, context), on: keys.map(Self.key), kind)
    case .append(let other): return try query.appended(try other.query(catalog, context))
    case .expand(let table, let column): return try query.expanded(table + "." + column)
    case .explode(let name): return try query.exploded(name)
    case .unpivot(let names, let name, let value):
      return try query.unpivoted(names, names: name, values: value)
    case .complete(let name, let step, let fills, let from, let to):
      return try query.completed(name, step: step, fills: fills, from: from, to: to)
    case .spread(let from, let to, let names, let mode):
      return try query.spread(from: from, to: to, names, mode)
    case .pivot(let column, let cell):
      return try query.pivoted(column, cell.formula.text(cell.calls), in: context)
    default: return query
    }
  }
}
