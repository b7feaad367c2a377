/// What a pipeline gives for one range of rows.
///
/// Confined to one worker at a time, which is what lets it cross threads.
final class CollectSink: @unchecked Sendable {
  /// The rows of the source that are left; not kept where all are.
  private let rows: GrowingBuffer<Int32>?
  private let collectors: [VectorCollector]
  private(set) var count = 0

  /// - Parameter types: Of the computed vectors that are wanted, by their number.
  init(
    keepsRows: Bool, types: [(index: Int, type: ValueType, target: ReferenceTarget?)],
    budget: MemoryBudget
  ) throws(EngineError) {
    rows = keepsRows ? try GrowingBuffer(budget: budget) : nil
    var collectors: [VectorCollector] = []
    for wanted in types {
      collectors.append(
        try VectorCollector(type: wanted.type, target: wanted.target, budget: budget))
    }
    self.collectors = collectors
    indexes = types.map(\.index)
  }

  private let indexes: [Int]

  func add(_ batch: Batch) throws(EngineError) {
    if let rows {
      for row in 0..<batch.count { try rows.append(Int32(batch.sourceRow(row))) }
    }
    for (position, index) in indexes.enumerated() {
      try collectors[position].append(batch.computed[index], count: batch.count)
    }
    count += batch.count
  }

  /// The rows, if they were kept, and the computed columns.
  func finished() throws(EngineError) -> (rows: Buffer<Int32>?, columns: [Column]) {
    var columns: [Column] = []
    for collector in collectors { columns.append(try collector.finished()) }
    return (try rows?.finished(), columns)
  }
}
