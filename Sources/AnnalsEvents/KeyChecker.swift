import AnnalsEngine
import AnnalsFormats

/// Checks the keys of one file: what must occur once occurs once.
struct KeyChecker {
  let table: RawTable
  let fileIndex: Int
  let budget: MemoryBudget

  /// Checks the primary key and returns its index; nil where none is declared.
  func primaryKey(_ problems: inout ProblemList) throws(EngineError) -> KeyIndex? {
    let names = table.schema.primaryKey
    guard !names.isEmpty else { return nil }
    return try index(of: names, &problems) { .duplicateKey(columns: names, firstLine: $0) }
  }

  /// Checks columns and sets of columns that are declared unique.
  func uniqueColumns(_ problems: inout ProblemList) throws(EngineError) {
    for field in table.schema.fields where field.constraints.isUnique {
      if table.schema.primaryKey == [field.name] { continue }
      _ = try index(of: [field.name], &problems) { .notUnique(firstLine: $0) }
    }
    for names in table.schema.uniqueKeys where names != table.schema.primaryKey {
      _ = try index(of: names, &problems) { .duplicateKey(columns: names, firstLine: $0) }
    }
  }

  private func index(
    of names: [String], _ problems: inout ProblemList, reason: (Int) -> DataProblem.Reason
  ) throws(EngineError) -> KeyIndex {
    let columns = try table.columns(names)
    return try KeyIndex(columns, rowCount: table.rowCount, budget: budget) { row, first in
      problems.add(
        table.problem(reason(table.lines[first]), row: row, columns: names), file: fileIndex)
    }
  }
}

extension RawTable {
  /// A problem with one or more cells of a row.
  func problem(_ reason: DataProblem.Reason, row: Int, columns names: [String]) -> DataProblem {
    let values = names.compactMap { (try? column($0))?.value(row) }.map {
      $0 == .null ? "–" : $0.text
    }
    return DataProblem(
      file: resource.path, line: lines[row], columns: names,
      value: values.joined(separator: ", "), reason: reason,
      unit: resource.format == .arrow ? .row : .line)
  }
}
