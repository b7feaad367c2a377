import AnnalsEngine

/// A plan as a query of DuckDB: a table expression for each step, with the order of the rows in `_o`.
struct SQLPlan {
  private let dataset: TwinDataset
  /// Name and query of each table expression so far.
  private(set) var parts: [(name: String, query: String)] = []
  private var shape = TwinShape(columns: [])

  init(_ plan: TwinPlan, _ dataset: TwinDataset) throws(NotInSQL) {
    self.dataset = dataset
    _ = try add(plan)
  }

  var text: String {
    let last = parts[parts.count - 1].name
    return "WITH " + parts.map { "\($0.name) AS (\($0.query))" }.joined(separator: ", ")
      + " SELECT \(Self.list(shape.visible.map(\.name))) FROM \(last) ORDER BY _o"
  }

  private static func list(_ names: [String]) -> String {
    names.map(SQLFormula.quoted).joined(separator: ", ")
  }

  private mutating func part(_ query: String) -> String {
    parts.append(("s\(parts.count)", query))
    return parts[parts.count - 1].name
  }

  /// - Returns: The name of the plan's result.
  private mutating func add(_ plan: TwinPlan) throws(NotInSQL) -> String {
    let table = dataset.tables[plan.table] ?? TwinTable([], [])
    shape = TwinShape(columns: table.columns.filter { !$0.isHidden })
    var name = part(try source(table))
    for step in plan.steps {
      var after = shape.after(step, dataset)
      after.columns.removeAll(where: \.isHidden)
      name = try add(step, name, after)
      shape = after
    }
    return name
  }

  private func source(_ table: TwinTable) throws(NotInSQL) -> String {
    var fields: [String] = []
    for (index, column) in shape.columns.enumerated() {
      let type = try SQLFormula.type(column.type)
      fields.append("CAST(c\(index) AS \(type)) AS \(SQLFormula.quoted(column.name))")
    }
    var rows: [String] = []
    for (number, row) in table.rows.enumerated() {
      var values: [String] = []
      for index in shape.columns.indices { values.append(try SQLFormula.literal(row[index])) }
      rows.append("(\((values + ["\(number)"]).joined(separator: ", ")))")
    }
    let isEmpty = rows.isEmpty
    if isEmpty { rows = ["(\(shape.columns.map { _ in "NULL" }.joined(separator: ", ")), 0)"] }
    let names = shape.columns.indices.map { "c\($0)" } + ["_o"]
    return "SELECT \(fields.joined(separator: ", ")), CAST(_o AS BIGINT) AS _o FROM (VALUES "
      + rows.joined(separator: ", ") + ") t(\(names.joined(separator: ", ")))"
      + (isEmpty ? " WHERE FALSE" : "")
  }

  // MARK: Steps

  private mutating func add(
    _ step: TwinStep, _ from: String, _ after: TwinShape
  ) throws(NotInSQL) -> String {
    switch step {
    case .filter(let condition):
      return part("SELECT * FROM \(from) WHERE \(try SQLFormula().sql(condition))")
    case .filterEqual(let values):
      var tests: [String] = []
      for (column, value) in values {
        let name = SQLFormula.quoted(column)
        let literal = try SQLFormula.literal(value)
        tests.append(value == .null ? "\(name) IS NULL" : "\(name) = \(literal)")
      }
      return part("SELECT * FROM \(from) WHERE \(tests.joined(separator: " AND "))")
    case .derive(let column) where !column.calls.isEmpty:
      return try derive(column, from, after)
    case .derive(let column): return try project([column], from, after)
    case .select(let items), .group(let items): return try project(items, from, after)
    case .drop: return try project([], from, after)
    case .rename:
      let fields = zip(shape.columns, after.columns).map {
        "\(SQLFormula.quoted($0.name)) AS \(SQLFormula.quoted($1.name))"
      }
      return part("SELECT \(fields.joined(separator: ", ")), _o FROM \(from)")
    case .ungroup: return from
    case .aggregate(let items): return try aggregate(items, shape.groups, from)
    case .count(let names):
      let call = TwinCall(name: "count", type: .integer, argument: nil)
      let count = TwinColumnFormula(
        name: "n", formula: TwinFormula(.result(0), .integer), calls: [call])
      let counted = try aggregate([count], names.isEmpty ? shape.groups : names, from)
      return part(
        "SELECT * EXCLUDE (_o), row_number() OVER (ORDER BY \"n\" DESC, _o) AS _o FROM \(counted)")
    case .sort(let keys):
      return part("SELECT * EXCLUDE (_n) FROM (\(try sorted(keys, from, partition: [])))")
    case .top(let count, let keys):
      let numbered = part(try sorted(keys, from, partition: shape.groups))
      return part("SELECT * EXCLUDE (_n) FROM \(numbered) WHERE _n <= \(count)")
    default: return try reshape(step, from, after)
    }
  }

  private mutating func reshape(
    _ step: TwinStep, _ from: String, _ after: TwinShape
  ) throws(NotInSQL) -> String {
    switch step {
    case .take(let count): return part("SELECT * FROM \(from) ORDER BY _o LIMIT \(count)")
    case .skip(let count):
      return part(
        "SELECT * EXCLUDE (_n) FROM (SELECT *, row_number() OVER (ORDER BY _o) AS _n FROM \(from))"
          + " WHERE _n > \(count)")
    case .distinct(let names):
      let keys = Self.list(names.isEmpty ? shape.names : names)
      return part(
        "SELECT * EXCLUDE (_n) FROM (SELECT *, row_number() OVER (PARTITION BY \(keys) ORDER BY _o)"
          + " AS _n FROM \(from)) WHERE _n = 1")
    case .join(let plan, let keys, let kind): return try join(plan, keys, kind, from, after)
    case .append(let plan): return try append(plan, from, after)
    case .unpivot(let names, let name, let value):
      return try unpivot(names, name, value, from, after)
    default: throw NotInSQL()
    }
  }

  /// The columns of a new shape: those that are given, and the others as they were.
  private mutating func project(
    _ items: [TwinColumnFormula], _ from: String, _ after: TwinShape,
    _ results: [String] = []
  ) throws(NotInSQL) -> String {
    var fields: [String] = []
    for column in after.columns {
      let formula = items.first { $0.name == column.name }?.formula ?? .column(column)
      fields.append(
        "\(try SQLFormula(results: results).sql(formula)) AS \(SQLFormula.quoted(column.name))")
    }
    return part("SELECT \(fields.joined(separator: ", ")), _o FROM \(from)")
  }

  private func sorted(
    _ keys: [TwinSortKey], _ from: String, partition: [String]
  ) throws(NotInSQL) -> String {
    var order: [String] = partition.map { SQLFormula.quoted($0) + " NULLS LAST" }
    for key in keys {
      order.append(
        "\(try SQLFormula().sql(key.formula)) \(key.isDescending ? "DESC" : "ASC") NULLS LAST")
    }
    order.append("_o")
    let list = order.joined(separator: ", ")
    let number =
      partition.isEmpty ? "" : "PARTITION BY \(Self.list(partition)) "
    return "SELECT * EXCLUDE (_o), row_number() OVER (ORDER BY \(list)) AS _o, "
      + "row_number() OVER (\(number)ORDER BY \(list)) AS _n FROM \(from)"
  }

  // MARK: Groups and windows

  private mutating func aggregate(
    _ items: [TwinColumnFormula], _ groups: [String], _ from: String
  ) throws(NotInSQL) -> String {
    var calls: [String] = []
    for call in items.flatMap(\.calls) { calls.append(try SQLFormula.call(call, over: nil)) }
    var fields = groups.map(SQLFormula.quoted)
    fields += calls.enumerated().map { "\($1) AS _c\($0)" }
    let by = groups.isEmpty ? "" : " GROUP BY \(Self.list(groups))"
    let grouped = part("SELECT \(fields.joined(separator: ", ")) FROM \(from)\(by)")
    var result = groups.map(SQLFormula.quoted)
    var start = 0
    for item in items {
      let results = item.calls.indices.map { "_c\(start + $0)" }
      start += item.calls.count
      let value = try SQLFormula(results: results).sql(item.formula)
      result.append("\(value) AS \(SQLFormula.quoted(item.name))")
    }
    let order = groups.map { SQLFormula.quoted($0) + " NULLS LAST" }.joined(separator: ", ")
    let number = groups.isEmpty ? "1" : "row_number() OVER (ORDER BY \(order))"
    return part("SELECT \(result.joined(separator: ", ")), \(number) AS _o FROM \(grouped)")
  }

  private mutating func derive(
    _ column: TwinColumnFormula, _ from: String, _ after: TwinShape
  ) throws(NotInSQL) -> String {
    let keys = shape.groups.isEmpty ? "" : "PARTITION BY \(Self.list(shape.groups)) "
    var fields: [String] = []
    for (index, call) in column.calls.enumerated() {
      fields.append("\(try window(call, keys)) AS _c\(index)")
    }
    let windowed = part("SELECT *, \(fields.joined(separator: ", ")) FROM \(from)")
    return try project([column], windowed, after, column.calls.indices.map { "_c\($0)" })
  }

  private func window(_ call: TwinCall, _ keys: String) throws(NotInSQL) -> String {
    let ordered = keys + "ORDER BY _o"
    if call.name == "row_number" { return "row_number() OVER (\(ordered))" }
    if call.isSeries, let argument = call.argument {
      let value = try SQLFormula().sql(argument)
      _ = try SQLFormula.type(argument.type)
      if call.name == "rank" {
        let rank = "rank() OVER (\(keys)ORDER BY \(value) NULLS LAST)"
        return "(CASE WHEN \(value) IS NOT NULL THEN \(rank) END)"
      }
      return "\(call.name)(\(value), \(call.step)) OVER (\(ordered))"
    }
    switch call.frame {
    case .group: return try SQLFormula.call(call, over: keys)
    case .cumulative:
      return try SQLFormula.call(
        call, over: ordered + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW")
    case .lastRows(let count, let isPartial):
      let value = try SQLFormula.call(
        call, over: ordered + " ROWS BETWEEN \(count - 1) PRECEDING AND CURRENT ROW")
      return isPartial
        ? value : "(CASE WHEN row_number() OVER (\(ordered)) >= \(count) THEN \(value) END)"
    case .rolling(let text, let date, let isPartial):
      let span = TwinSpan(text)
      guard span.count < 1000 else { throw NotInSQL() }
      let day = try SQLFormula().sql(date)
      let unit = span.unit == "quarter" ? "MONTH" : span.unit.uppercased()
      let count = span.unit == "quarter" ? 3 * span.count : span.count
      let back = "INTERVAL \(count) \(unit)"
      let frame = "RANGE BETWEEN (\(back) - INTERVAL 1 DAY) PRECEDING AND CURRENT ROW"
      let value = try SQLFormula.call(
        call, over: keys + "ORDER BY CAST(\(day) AS TIMESTAMP) " + frame)
      let first = "min(\(day)) OVER (\(keys))"
      let isFull = isPartial ? "" : " AND CAST(\(day) - \(back) AS DATE) + 1 >= \(first)"
      return "(CASE WHEN \(day) IS NOT NULL\(isFull) THEN \(value) END)"
    }
  }

  // MARK: Other tables

  private mutating func join(
    _ plan: TwinPlan, _ keys: [(left: String, right: String)], _ kind: JoinKind, _ from: String,
    _ after: TwinShape
  ) throws(NotInSQL) -> String {
    let left = shape
    let other = try add(plan)
    let right = shape
    shape = left
    let shared = keys.filter { $0.left == $0.right }.map(\.left)
    let test = keys.map {
      "l.\(SQLFormula.quoted($0.left)) = r.\(SQLFormula.quoted($0.right))"
    }.joined(separator: " AND ")
    if kind == .semi || kind == .anti {
      return part(
        "SELECT l.* FROM \(from) l WHERE \(kind == .anti ? "NOT " : "")EXISTS (SELECT 1 FROM"
          + " \(other) r WHERE \(test))")
    }
    let names = right.rightNames(beside: left, shared)
    let fields = after.columns.map { column -> String in
      let name = SQLFormula.quoted(column.name)
      if left.names.contains(column.name) {
        guard kind == .full, shared.contains(column.name) else { return "l.\(name) AS \(name)" }
        return "coalesce(l.\(name), r.\(name)) AS \(name)"
      }
      let own = names.first { $0.name == column.name }?.column.name ?? column.name
      return "r.\(SQLFormula.quoted(own)) AS \(name)"
    }
    let condition = kind == .cross ? "" : " ON \(test)"
    return part(
      "SELECT \(fields.joined(separator: ", ")), row_number() OVER (ORDER BY l._o NULLS LAST, r._o)"
        + " AS _o FROM \(from) l \(kind.rawValue.uppercased()) JOIN \(other) r\(condition)")
  }

  private mutating func append(
    _ plan: TwinPlan, _ from: String, _ after: TwinShape
  ) throws(NotInSQL) -> String {
    let top = shape
    let other = try add(plan)
    let bottom = shape
    shape = top
    func side(_ own: TwinShape, _ name: String, _ order: Int) throws(NotInSQL) -> String {
      var fields: [String] = []
      for column in after.columns {
        let value = own.names.contains(column.name) ? SQLFormula.quoted(column.name) : "NULL"
        let type = try SQLFormula.type(column.type)
        fields.append("CAST(\(value) AS \(type)) AS \(SQLFormula.quoted(column.name))")
      }
      return "SELECT \(fields.joined(separator: ", ")), \(order) AS _t, _o FROM \(name)"
    }
    let rows = "(\(try side(top, from, 0)) UNION ALL \(try side(bottom, other, 1)))"
    return part(
      "SELECT * EXCLUDE (_t, _o), row_number() OVER (ORDER BY _t, _o) AS _o FROM \(rows)")
  }

  private mutating func unpivot(
    _ names: [String], _ name: String, _ value: String, _ from: String, _ after: TwinShape
  ) throws(NotInSQL) -> String {
    var sides: [String] = []
    for (index, own) in names.enumerated() {
      var fields: [String] = []
      for column in after.columns {
        let source =
          column.name == name
          ? "'\(own)'" : SQLFormula.quoted(column.name == value ? own : column.name)
        let type = try SQLFormula.type(column.type)
        fields.append("CAST(\(source) AS \(type)) AS \(SQLFormula.quoted(column.name))")
      }
      sides.append("SELECT \(fields.joined(separator: ", ")), \(index) AS _t, _o FROM \(from)")
    }
    return part(
      "SELECT * EXCLUDE (_t, _o), row_number() OVER (ORDER BY _o, _t) AS _o FROM"
        + " (\(sides.joined(separator: " UNION ALL ")))")
  }
}
