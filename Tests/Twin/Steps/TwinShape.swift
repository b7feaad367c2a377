import AnnalsEngine

/// The columns and groups of a table, without its rows.
struct TwinShape {
  var columns: [TwinColumn]
  var groups: [String] = []

  var names: [String] { columns.map(\.name) }
  var visible: [TwinColumn] { columns.filter { !$0.isHidden } }

  func type(_ name: String) -> ValueType {
    columns.first { $0.name == name }?.type ?? .text
  }

  mutating func set(_ column: TwinColumn) {
    if let index = names.firstIndex(of: column.name) {
      columns[index] = column
    } else {
      // Hidden columns stay last.
      let end = columns.firstIndex { $0.isHidden } ?? columns.count
      columns.insert(column, at: end)
    }
  }

  /// The shape after a verb; of what makes columns of data there is none.
  func after(_ step: TwinStep, _ dataset: TwinDataset) -> TwinShape {
    var result = self
    switch step {
    case .filter, .filterEqual, .sort, .take, .skip, .top, .distinct, .complete, .pivot: break
    case .derive(let column): result.set(TwinColumn(column.name, column.formula.type))
    case .select(let items):
      result.columns = items.map { TwinColumn($0.name, $0.formula.type) } + hidden
      result.endGroups()
    case .drop(let names):
      result.columns.removeAll { names.contains($0.name) }
      result.endGroups()
    case .rename(let names):
      func renamed(_ name: String) -> String { names.first { $0.old == name }?.new ?? name }
      result.columns = columns.map { TwinColumn(renamed($0.name), $0.type) }
      result.groups = groups.map(renamed)
    case .group(let items):
      for item in items { result.set(TwinColumn(item.name, item.formula.type)) }
      result.groups = items.map(\.name)
    case .ungroup: result.groups = []
    case .aggregate(let items):
      result = TwinShape(
        columns: groups.map { TwinColumn($0, type($0)) }
          + items.map { TwinColumn($0.name, $0.formula.type) })
    case .count(let names):
      result = TwinShape(
        columns: (names.isEmpty ? groups : names).map { TwinColumn($0, type($0)) }
          + [TwinColumn("n", .integer)])
    case .pick(_, _, let count, _): result.set(TwinColumn(count, .integer))
    default: result.reshape(step, dataset)
    }
    return result
  }

  private var hidden: [TwinColumn] { columns.filter(\.isHidden) }

  private mutating func endGroups() {
    let names = names
    if !groups.allSatisfy({ names.contains($0) }) { groups = [] }
  }

  private mutating func reshape(_ step: TwinStep, _ dataset: TwinDataset) {
    switch step {
    case .join(let plan, let keys, let kind):
      guard kind != .semi, kind != .anti else { return }
      let shared = keys.filter { $0.left == $0.right }.map(\.left)
      let other = plan.shape(dataset)
      if kind == .full {
        for name in shared where type(name) != other.type(name) {
          let isNumeric = type(name) == .integer || type(name) == .number
          set(TwinColumn(name, isNumeric ? .number : .text))
        }
      }
      for (column, name) in other.rightNames(beside: self, shared) {
        set(TwinColumn(name, column.type))
      }
      columns += other.hidden.filter { own in !names.contains(own.name) }
    case .append(let plan):
      for column in plan.shape(dataset).columns {
        guard let own = columns.first(where: { $0.name == column.name }) else {
          if column.isHidden { columns.append(column) } else { set(column) }
          continue
        }
        if column.type == .number { set(TwinColumn(own.name, .number)) }
      }
      groups = []
    case .expand(let table, _):
      set(TwinColumn(table, .reference(table: table)))
      if !names.contains("#" + table) { columns.append(TwinColumn("#" + table, .integer)) }
    case .explode(let name): set(TwinColumn(name, .text))
    case .unpivot(let names, let name, let value):
      let types = names.map(type)
      let merged = types.contains(.number) ? .number : types.first ?? .text
      columns.removeAll { names.contains($0.name) }
      set(TwinColumn(name, .text))
      set(TwinColumn(value, merged))
      endGroups()
    case .spread(_, _, let names, let mode):
      for name in names where mode == .fraction && type(name) == .integer {
        set(TwinColumn(name, .number))
      }
      set(TwinColumn("spread_days", .integer))
    default: break
    }
  }

  /// The columns of the right side of a join with their new names.
  func rightNames(
    beside left: TwinShape, _ shared: [String]
  ) -> [(column: TwinColumn, name: String)] {
    var names = left.names
    return visible.filter { !shared.contains($0.name) }.map { column in
      let name = names.contains(column.name) ? column.name + "_right" : column.name
      names.append(name)
      return (column, name)
    }
  }
}

extension TwinPlan {
  /// The shape of its result, as far as it does not depend on data.
  func shape(_ dataset: TwinDataset) -> TwinShape {
    steps.reduce(TwinShape(columns: dataset.tables[table]?.columns ?? [])) {
      $0.after($1, dataset)
    }
  }
}

extension TwinStep {
  /// The columns that must be computed before a verb if some are needed after it: what nobody asks
  /// for is not computed, and so can't fail.
  func needs(_ after: Set<String>, _ shape: TwinShape) -> Set<String> {
    switch self {
    case .filter(let condition): return after.union(condition.columns)
    case .filterEqual(let values): return after.union(values.map(\.column))
    case .derive(let column):
      guard after.contains(column.name) else { return after }
      return after.subtracting([column.name]).union(column.columns)
        .union(column.calls.isEmpty ? [] : shape.groups)
    case .select(let items): return Self.needs(after, items)
    case .group(let items):
      return after.subtracting(items.map(\.name)).union(Self.needs(after, items))
    case .rename(let names):
      return Set(after.map { name in names.first { $0.new == name }?.old ?? name })
    case .aggregate(let items):
      return Self.needs(after, items).union(shape.groups).intersection(shape.names)
    case .count(let names): return Set(names.isEmpty ? shape.groups : names)
    case .sort(let keys): return after.union(Self.columns(keys))
    case .top(_, let keys): return after.union(Self.columns(keys)).union(shape.groups)
    case .distinct(let names):
      let all = shape.visible.filter { $0.type != .list }.map(\.name)
      return after.union(names.isEmpty ? all : names)
    case .pick(let keys, let order, _, _):
      return after.union(keys).union(Self.columns(order))
    case .join(_, let keys, _): return after.union(keys.map(\.left))
    case .explode(let name): return after.union([name])
    case .unpivot(let names, _, let value):
      let values = after.contains(value) ? Set(names) : []
      return after.subtracting([value]).union(values)
    case .complete(let name, _, _, _, _): return after.union([name]).union(shape.groups)
    case .spread(let from, let to, _, _): return after.union([from, to])
    case .pivot(let column, let cell):
      return cell.columns.union([column]).union(shape.groups)
    case .drop, .ungroup, .take, .skip, .append, .expand: return after
    }
  }

  private static func needs(_ after: Set<String>, _ items: [TwinColumnFormula]) -> Set<String> {
    items.reduce(into: []) { if after.contains($1.name) { $0.formUnion($1.columns) } }
  }

  private static func columns(_ keys: [TwinSortKey]) -> Set<String> {
    keys.reduce(into: []) { $0.formUnion($1.formula.columns) }
  }
}
