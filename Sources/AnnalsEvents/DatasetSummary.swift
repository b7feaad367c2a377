public import AnnalsEngine
public import AnnalsFormats

/// What is in a dataset: its tables, their columns, and what to know about them.
public struct DatasetSummary: Hashable, Sendable {
  public let name: String
  public let metadata: PackageMetadata
  /// Tables with rows, and those that the dataset holds without any, in its order.
  public let tables: [TableSummary]
  public let notes: [DatasetNote]
  /// The first problems of a single file whose rows were read all the same, by line.
  public let problems: [DataProblem]
  /// How many there are of these.
  public let problemCount: Int

  /// - Throws: ``EventsError/engine(cause:)`` if a table can't be derived or a column can't be used.
  public init(_ dataset: Dataset) throws(EventsError) {
    try dataset.check()
    problems = dataset.problems
    problemCount = dataset.problemCount
    name = dataset.name
    metadata = dataset.metadata
    tables = dataset.catalog.entries.map { TableSummary($0) }
    notes = try dataset.allNotes()
  }
}

/// One table of a dataset.
public struct TableSummary: Hashable, Sendable {
  public let name: String
  public let rowCount: Int
  /// The columns that together name each row once; empty where none are declared.
  public let key: [String]
  public let columns: [ColumnSummary]

  public init(_ entry: Catalog.Entry) {
    name = entry.name
    rowCount = entry.table.rowCount
    key = entry.key
    columns = entry.table.schema.fields.map { ColumnSummary($0, of: entry.table) }
  }
}

/// One column of a table.
public struct ColumnSummary: Hashable, Sendable {
  public let name: String
  public let type: ValueType
  /// How many rows have no value.
  public let nullCount: Int
  /// How many different rows a reference leads to; nil for other types.
  public let referredCount: Int?
  /// The first and the last day of a column of days; nil for other types, and where none is known.
  public let days: ClosedRange<Day>?

  init(_ field: Field, of table: Table) {
    name = field.name
    type = field.type
    nullCount = table.nullCount(field)
    referredCount = Self.referredCount(field, table)
    days = Self.days(field, table)
  }

  private static func days(_ field: Field, _ table: Table) -> ClosedRange<Day>? {
    guard field.type == .day, let column = try? table.column(field.slot) else { return nil }
    var range: ClosedRange<Int32>?
    for row in 0..<table.rowCount where !column.isNull(row) {
      let day = Int32(clamping: column.integer(row))
      guard let known = range else {
        range = day...day
        continue
      }
      range = min(known.lowerBound, day)...max(known.upperBound, day)
    }
    return range.map { Day(number: $0.lowerBound)...Day(number: $0.upperBound) }
  }

  private static func referredCount(_ field: Field, _ table: Table) -> Int? {
    guard let column = try? table.column(field.slot),
      case .reference(_, let target) = column.storage
    else { return nil }
    var seen = Array(repeating: false, count: target.keys.count)
    var count = 0
    for row in 0..<table.rowCount where !column.isNull(row) {
      let index = Int(column.integer(row))
      if seen[index] { continue }
      seen[index] = true
      count += 1
    }
    return count
  }
}
