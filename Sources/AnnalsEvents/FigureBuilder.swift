import AnnalsEngine
import AnnalsFormats

/// Makes the three columns of a figure from those of a file, and checks their order.
struct FigureBuilder {
  let table: RawTable
  let fileIndex: Int
  let budget: MemoryBudget

  /// The columns low, best and high; one that the file lacks has nulls alone.
  func columns(
    of figure: FigureDefinition, _ problems: inout ProblemList
  ) throws(EngineError) -> [Column] {
    var columns: [Column] = []
    for part in [figure.low, figure.best, figure.high] {
      columns.append(try numbers(part, &problems))
    }
    for row in 0..<table.rowCount { check(figure, columns, row, &problems) }
    return columns
  }

  /// A column as doubles; whole numbers that a double would round are reported.
  private func numbers(
    _ name: String?, _ problems: inout ProblemList
  ) throws(EngineError) -> Column {
    let source = try table.columns([name].compactMap(\.self)).first
    if let source, source.type == .number { return source }
    let builder = try ColumnBuilder(type: .number, budget: budget)
    for row in 0..<table.rowCount {
      guard let source, let name, !source.isNull(row) else {
        try builder.appendNull()
        continue
      }
      let integer = source.integer(row)
      try builder.append(Double(integer))
      if Int64(exactly: Double(integer)) != integer {
        problems.add(table.problem(.notExact, row: row, columns: [name]), file: fileIndex)
      }
    }
    return try builder.finished()
  }

  private func check(
    _ figure: FigureDefinition, _ columns: [Column], _ row: Int, _ problems: inout ProblemList
  ) {
    var known: [Double] = []
    for column in columns {
      if case .number(let value) = column.value(row) { known.append(value) }
    }
    let reason: DataProblem.Reason
    if !known.allSatisfy(\.isFinite) {
      reason = .figureNotFinite
    } else if zip(known, known.dropFirst()).contains(where: { $0 > $1 }) {
      reason = .figureOrder
    } else {
      return
    }
    problems.add(table.problem(reason, row: row, columns: figure.parts), file: fileIndex)
  }
}
