import AnnalsEngine
import AnnalsFormats

/// What the figures of two releases add up to.
struct RevisedTotals {
  let deleted: [String]
  let context: RunContext

  private static let keys = ["measure", "unit", "population"]

  /// What is counted, and its sum.
  struct Sum {
    let key: [Value]
    let total: Figure?
  }

  /// The sums of a release, in order of what is counted. Where they may not be added there are none,
  /// and a note says why.
  func sums(
    of dataset: Dataset, _ release: String, without gone: [String], _ notes: inout [DatasetNote]
  ) throws(EngineError) -> [Sum] {
    do throws(EngineError) {
      var query = try Query("figures", of: dataset.catalog)
      if !gone.isEmpty {
        let bindings = Bindings(["gone": .set(gone.map(Value.text))])
        query = try query.filtered(
          by: "event == nil or not (text(event) in $gone)", bindings)
      }
      let table = try query.grouped(by: Self.keys).aggregated(["total = sum(value)"]).run(context)
      let fields = (Self.keys + ["total"]).compactMap { table.schema[$0] }
      return (0..<table.rowCount).map { row in
        let values = fields.map { table.value(row: row, field: $0) }
        var total: Figure?
        if case .figure(let figure) = values.last { total = figure }
        return Sum(key: Array(values.dropLast()), total: total)
      }
    } catch .refusedAddition(let refusal) {
      notes.append(
        DatasetNote(
          "the figures of the \(release) release are not added, since \(refusal.reason);"
            + " `:resolve(policy)` chooses among claims"))
      return []
    }
  }

  func table(_ old: [Sum], _ new: [Sum]) throws(EngineError) -> Table {
    let keys = try Self.keys.map { _ throws(EngineError) in
      try ColumnBuilder(type: .text, budget: context.budget)
    }
    let numbers = try (0..<6).map { _ throws(EngineError) in
      try ColumnBuilder(type: .number, budget: context.budget)
    }
    let all = old.map(\.key) + new.map(\.key).filter { key in !old.contains { $0.key == key } }
    for key in all {
      for (builder, value) in zip(keys, key) { try builder.append(value) }
      let sums = [old, new].map { side in side.first { $0.key == key }?.total }
      let parts = sums.flatMap { [$0?.low, $0?.best, $0?.high] }
      for (builder, part) in zip(numbers, parts) {
        try builder.append(part.map(Value.number) ?? .null)
      }
    }
    var columns: [Column] = []
    for builder in keys + numbers { columns.append(try builder.finished()) }
    return Table(
      schema: Schema(
        names: Self.keys.map { ($0, .text) } + [("old", .figure), ("new", .figure)]),
      rowCount: all.count, columns: columns)
  }
}
