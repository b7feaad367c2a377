import AnnalsEngine

/// Puts the columns of a file together from its pieces, which are appended in order.
final class FileAssembly {
  /// The columns so far, one for each rule of the layout.
  let stores: [ColumnStore]
  let lines: RowLines
  private(set) var rowCount = 0
  /// Where the next piece starts in the file.
  private(set) var end: Int
  /// Whether no more is read.
  private(set) var isDone = false
  private(set) var problems: ProblemList
  private var line: Int
  private let layout: FileLayout

  init(_ layout: FileLayout, workerCount: Int, budget: MemoryBudget) throws(EngineError) {
    self.layout = layout
    var stores: [ColumnStore] = []
    for rule in layout.rules {
      stores.append(
        try ColumnStore(
          rule, workerCount: workerCount, dictionaryLimit: layout.options.dictionaryLimit,
          budget: budget))
    }
    self.stores = stores
    lines = try RowLines(budget: budget)
    end = layout.start
    line = layout.line
    problems = ProblemList(limit: layout.problemLimit)
  }

  /// Appends what `worker` has read.
  func append(
    _ piece: PieceReader, worker: Int, isTooLong: Bool
  ) throws(FormatsError) {
    guard piece.rowCount <= TableReader.rowLimit - rowCount else {
      throw .tooManyRows(file: layout.path, limit: TableReader.rowLimit)
    }
    try FormatsError.catching { () throws(EngineError) in
      for (store, column) in zip(stores, piece.columns) {
        try store.append(column, worker: worker)
      }
      try appendLines(piece)
    }
    problems.add(piece.problems.list, file: 0, linesBefore: line)
    rowCount += piece.rowCount
    line += piece.lineCount
    end = piece.end
    isDone = isTooLong
  }

  private func appendLines(_ piece: PieceReader) throws(EngineError) {
    guard piece.rowCount > 0 else { return }
    try lines.set(row: rowCount, line: line)
    for index in stride(from: 0, to: piece.shifts.count, by: 2) {
      let row = Int(piece.shifts[index])
      guard row < piece.rowCount else { continue }
      try lines.set(row: rowCount + row, line: line + row + Int(piece.shifts[index + 1]))
    }
  }
}
