import AnnalsEngine

/// A table of the model as a profile derives it from a file: which columns there are is known at once,
/// what stands in them is worked out when it is first used, column by column.
struct DerivedTable: Sendable {
  /// Gives the columns of a field: three of a figure, else one.
  typealias Making = @Sendable () throws(EngineError) -> [Column]

  struct DerivedColumn: Sendable {
    let name: String
    let type: ValueType
    let making: Making

    /// - Parameter making: Runs once, also where other tables share the column.
    init(name: String, type: ValueType, making: @escaping Making) {
      self.name = name
      self.type = type
      let made = Once(making)
      self.making = { () throws(EngineError) in try made.get() }
    }
  }

  let name: String
  let columns: [DerivedColumn]
  /// How many rows there are.
  private let count: @Sendable () throws(EngineError) -> Int

  /// - Parameters:
  ///   - count: How many rows there are.
  ///   - filled: Columns of the model; those that are not given are null throughout.
  ///   - more: Further columns, behind those of the model.
  init(
    _ name: String, budget: MemoryBudget, count: @escaping @Sendable () throws(EngineError) -> Int,
    filled: [DerivedColumn], more: [DerivedColumn] = []
  ) {
    self.name = name
    self.count = count
    let known = Model.table(name)?.columns ?? []
    columns =
      known.map { column in
        filled.first { $0.name == column.name }
          ?? DerivedColumn(name: column.name, type: column.type) { () throws(EngineError) in
            try Self.nulls(column.type, try count(), budget)
          }
      } + more
  }

  /// The table as part of a dataset.
  var entry: Catalog.Entry {
    let schema = Schema(names: columns.map { ($0.name, $0.type) })
    let (columns, count) = (columns, count)
    let derived = DerivedColumns { () throws(EngineError) in
      let rowCount = try count()
      guard rowCount < Int(Int32.max) else {
        throw .misuse("a derived table has more than 2147483646 rows", fix: "divide the file")
      }
      return columns.flatMap { $0.unread(rowCount) }
    }
    let hasKey = columns.contains { $0.name == "id" }
    return Catalog.Entry(
      name: name, table: Table(schema: schema, derived: derived), key: hasKey ? ["id"] : [])
  }

  private static func nulls(
    _ type: ValueType, _ count: Int, _ budget: MemoryBudget
  ) throws(EngineError) -> [Column] {
    var target: ReferenceTarget?
    if case .reference(let table) = type {
      let keys = try ColumnBuilder(type: .text, budget: budget).finished()
      target = ReferenceTarget(table: table, keys: keys)
    }
    let builder = try ColumnBuilder(
      type: type == .figure ? .number : type, target: target, budget: budget)
    for _ in 0..<count { try builder.appendNull() }
    let column = try builder.finished()
    return type == .figure ? [column, column, column] : [column]
  }
}

extension DerivedTable.DerivedColumn {
  /// A column that is no figure.
  init(
    _ name: String, _ type: ValueType,
    _ making: @escaping @Sendable () throws(EngineError) -> Column
  ) {
    self.init(name: name, type: type) { () throws(EngineError) in [try making()] }
  }

  /// Its columns, each of which is there when it is first used.
  fileprivate func unread(_ rowCount: Int) -> [TableColumn] {
    (0..<(type == .figure ? 3 : 1)).map { [making, type] part in
      .unread(
        UnreadColumn(type: type == .figure ? .number : type, count: rowCount) {
          () throws(EngineError) in try making()[part]
        })
    }
  }
}
