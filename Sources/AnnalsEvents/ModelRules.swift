import AnnalsEngine
import AnnalsFormats

/// What must hold of the rows of a table of the model, in a dataset that declares to follow it: no
/// end before a beginning, and no row inside itself.
struct ModelRules {
  private let table: RawTable
  private let fileIndex: Int
  private let model: ModelTable
  private let budget: MemoryBudget

  /// Nil for a table that the model does not have.
  init?(table: RawTable, fileIndex: Int, budget: MemoryBudget) {
    guard let model = Model.table(table.resource.name) else { return nil }
    self.table = table
    self.fileIndex = fileIndex
    self.model = model
    self.budget = budget
  }

  /// Reports rows whose `date_end` lies before their `date`.
  func checkDays(_ problems: inout ProblemList) {
    let names = ["date", "date_end"]
    guard names.allSatisfy({ model.column($0) != nil }), let first = table["date"],
      let last = table["date_end"], first.type == .day, last.type == .day
    else { return }
    for row in 0..<table.rowCount where !first.isNull(row) && !last.isNull(row) {
      guard last.integer(row) < first.integer(row) else { continue }
      problems.add(table.problem(.endBeforeStart, row: row, columns: names), file: fileIndex)
    }
  }

  /// Reports each circle of references within the table once, at its first row.
  ///
  /// - Parameter references: What the column of that name became.
  func check(
    _ name: String, references: Column, _ problems: inout ProblemList
  ) throws(EngineError) {
    guard model.column(name)?.type == .reference(table: model.name),
      references.type == .reference(table: model.name)
    else { return }
    // For each row the walk that came by it first; a walk that meets itself has found a circle.
    let walks = try Buffer<Int32>(count: table.rowCount, budget: budget)
    for start in 0..<table.rowCount {
      let walk = Int32(truncatingIfNeeded: start + 1)
      var row = start
      while walks[row] == 0, !references.isNull(row) {
        walks[row] = walk
        row = Int(references.integer(row))
      }
      guard walks[row] == walk else { continue }
      report(circle(through: row, references), name, references, &problems)
    }
  }

  /// The rows of a circle, from its first one on.
  private func circle(through row: Int, _ references: Column) -> [Int] {
    var first = row
    var next = Int(references.integer(row))
    while next != row {
      first = min(first, next)
      next = Int(references.integer(next))
    }
    var rows = [first]
    next = Int(references.integer(first))
    while next != first {
      if rows.count <= Self.shownRowCount { rows.append(next) }
      next = Int(references.integer(next))
    }
    return rows
  }

  /// Messages show fewer rows of a circle than this.
  private static let shownRowCount = 6

  private func report(
    _ rows: [Int], _ name: String, _ references: Column, _ problems: inout ProblemList
  ) {
    let keys = rows.map { references.target?.keys.value($0).text ?? String($0 + 1) }
    problems.add(
      table.problem(.circle(keys: keys), row: rows[0], columns: [name]), file: fileIndex)
  }
}
