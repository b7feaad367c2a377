@testable import AnnalsEngine

/// Runs that must not differ: batches, ranges and threads of several sizes.
enum EveryContext {
  static let all = [
    SmallDataset.context(),
    SmallDataset.context(threads: 1, batch: 1, range: 64),
    SmallDataset.context(threads: 2, batch: 7, range: 64),
    SmallDataset.context(threads: 3, batch: 2048, range: 64),
    SmallDataset.context(threads: 4, batch: 64, range: 128),
  ]

  /// One text for each row, or the row that failed.
  static func lines(_ query: Query, _ context: RunContext = SmallDataset.context()) -> [String] {
    do throws(EngineError) {
      let table = try query.run(context)
      return (0..<table.rowCount).map { row in
        table.values(row: row).map(cell).joined(separator: " | ")
      }
    } catch {
      guard case .row(_, let row, _) = error else { return ["\(error)"] }
      return ["failed at row \(row)"]
    }
  }

  /// A value, numbers by their bits.
  private static func cell(_ value: Value) -> String {
    switch value {
    case .null: "-"
    case .number(let number): "\((number == 0 ? 0 : number).bitPattern)"
    default: value.text
    }
  }
}
