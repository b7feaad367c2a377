import AnnalsEngine

/// A table and the steps that go row by row over it.
///
/// Such steps are gone through for one row after another, so that the lowest row that fails in any of
/// them is reported, by its number in the table.
struct TwinStream {
  private enum Operation {
    case filter((_ row: [Value]) throws(TwinFailure) -> Bool)
    case change((_ row: [Value]) throws(TwinFailure) -> [Value])
  }

  private let source: TwinTable
  private var operations: [Operation] = []
  let dataset: [String: TwinTable]
  /// As the rows are after the operations.
  private(set) var columns: [TwinColumn]
  var groups: [String] = []

  init(_ table: TwinTable, _ dataset: [String: TwinTable], groups: [String] = []) {
    source = table
    columns = table.columns
    self.dataset = dataset
    self.groups = groups
  }

  var shape: TwinShape { TwinShape(columns: columns, groups: groups) }

  /// What formulas mean for the rows as they are now.
  var meaning: TwinMeaning { TwinMeaning(TwinTable(columns, []), dataset) }

  mutating func keep(
    _ condition: @escaping (_ row: [Value]) throws(TwinFailure) -> Bool
  ) {
    operations.append(.filter(condition))
  }

  mutating func change(
    to columns: [TwinColumn], _ change: @escaping (_ row: [Value]) throws(TwinFailure) -> [Value]
  ) {
    operations.append(.change(change))
    self.columns = columns
  }

  /// The rows with some formulas computed for each, and the number of each in the table, from 0.
  func rows(
    _ formulas: [TwinFormula] = []
  ) throws(TwinFailure) -> [(row: [Value], inputs: [Value], number: Int)] {
    let meaning = meaning
    var kept: [(row: [Value], inputs: [Value], number: Int)] = []
    for (number, row) in source.rows.enumerated() {
      do throws(TwinFailure) {
        guard let row = try streamed(row) else { continue }
        var inputs: [Value] = []
        for formula in formulas { inputs.append(try meaning.value(formula, row)) }
        kept.append((row, inputs, number))
      } catch {
        throw TwinFailure(error.kind, row: number + 1)
      }
    }
    return kept
  }

  private func streamed(_ row: [Value]) throws(TwinFailure) -> [Value]? {
    var row = row
    for operation in operations {
      switch operation {
      case .filter(let condition): guard try condition(row) else { return nil }
      case .change(let change): row = try change(row)
      }
    }
    return row
  }
}
