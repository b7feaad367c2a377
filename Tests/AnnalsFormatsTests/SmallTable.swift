import AnnalsEngine
import AnnalsFormats

/// Tables made from values, for tests.
enum SmallTable {
  static let budget = MemoryBudget(byteLimit: 1 << 28)

  /// - Parameter columns: Name, type and values of each column, figures included.
  static func table(
    _ columns: [(name: String, type: ValueType, values: [Value])]
  ) throws -> Table {
    var made: [Column] = []
    for column in columns {
      if column.type == .figure {
        for part in 0..<3 {
          let values = column.values.map { Self.part(part, of: $0) }
          made.append(try self.column(.number, values))
        }
      } else {
        made.append(try self.column(column.type, column.values))
      }
    }
    return Table(
      schema: Schema(names: columns.map { ($0.name, $0.type) }),
      rowCount: columns.first?.values.count ?? 0, columns: made)
  }

  /// A file's columns as a table, and what is wrong with it.
  static func read(
    _ text: String, schema: TableSchema, dialect: DelimitedDialect = .csv
  ) throws -> (table: Table, lines: [Int], problems: [DataProblem]) {
    var problems = ProblemList()
    let raw = try TableReader.read(
      TableResource(name: "t", path: "t.csv", dialect: dialect), schema: schema,
      from: ByteSource(Array(text.utf8)), budget: budget, problems: &problems)
    let names = schema.fields.map { ($0.name, $0.type.valueType) }
    let table = Table(
      schema: Schema(names: names), rowCount: raw.rowCount, parts: raw.parts)
    return (table, (0..<raw.rowCount).map { raw.lines[$0] }, problems.problems)
  }

  /// The columns that are found in a file without a schema.
  static func found(_ text: String, _ dialect: DelimitedDialect = .csv) throws -> TableSchema {
    var problems = ProblemList()
    return try TableReader.read(
      TableResource(name: "t", path: "t.csv", dialect: dialect), schema: nil,
      from: ByteSource(Array(text.utf8)), budget: budget, problems: &problems
    ).schema
  }

  private static func column(_ type: ValueType, _ values: [Value]) throws -> Column {
    let builder = try ColumnBuilder(type: type, budget: budget)
    for value in values { try builder.append(value) }
    return try builder.finished()
  }

  private static func part(_ part: Int, of value: Value) -> Value {
    guard case .figure(let figure) = value else { return .null }
    let known = part == 0 ? figure.low : part == 1 ? figure.best : figure.high
    return known.map(Value.number) ?? .null
  }
}
