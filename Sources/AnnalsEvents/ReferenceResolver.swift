import AnnalsEngine
import AnnalsFormats

/// Follows the foreign keys of one file to rows of another, and reports those that lead nowhere.
struct ReferenceResolver {
  let table: RawTable
  let fileIndex: Int
  let budget: MemoryBudget
  /// Tables of which some keys could not be read.
  let unread: Set<String>

  /// Checks that each key without nulls is in an index.
  func check(
    _ key: ForeignKey, against index: KeyIndex, _ problems: inout ProblemList
  ) throws(EngineError) {
    let columns = key.columns.compactMap { table[$0] }
    var bytes = KeyBytes()
    for row in 0..<table.rowCount where bytes.set(columns, row) {
      if try index.row(of: bytes.bytes.span) == nil { report(key, row, &problems) }
    }
  }

  /// As ``check(_:against:_:)`` for a single column, and returns it as references.
  func resolve(
    _ key: ForeignKey, column: Column, target: ReferenceTarget, index: KeyIndex,
    _ problems: inout ProblemList
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(
      type: .reference(table: target.table), target: target, budget: budget)
    let known = try rowsOfCodes(column, index)
    var bytes = KeyBytes()
    for row in 0..<table.rowCount {
      guard !column.isNull(row) else {
        try builder.appendNull()
        continue
      }
      let found: Int?
      if let known, let code = column.textLocation(row)?.index {
        found = known[code] < 0 ? nil : Int(known[code])
      } else {
        found = bytes.set([column], row) ? try index.row(of: bytes.bytes.span) : nil
      }
      if let found {
        try builder.append(Int64(found))
      } else {
        try builder.appendNull()
        report(key, row, &problems)
      }
    }
    return try builder.finished()
  }

  /// The row of each code of a dictionary, -1 where there is none; nil without a dictionary.
  private func rowsOfCodes(
    _ column: Column, _ index: KeyIndex
  ) throws(EngineError) -> Buffer<Int32>? {
    guard let dictionary = column.dictionary else { return nil }
    let rows = try Buffer<Int32>(count: dictionary.count, budget: budget)
    let texts = dictionary.texts
    for code in 0..<dictionary.count {
      rows[code] = Int32(truncatingIfNeeded: try index.row(of: texts[code]) ?? -1)
    }
    return rows
  }

  private func report(_ key: ForeignKey, _ row: Int, _ problems: inout ProblemList) {
    let isFollowUp = unread.contains(key.table)
    problems.add(
      table.problem(
        .danglingReference(table: key.table, near: [], mayBeUnread: isFollowUp), row: row,
        columns: key.columns),
      file: fileIndex, isFollowUp: isFollowUp)
  }
}
