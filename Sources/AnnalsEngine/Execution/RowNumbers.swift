/// A number or null for each row, in any order; each row is to be set, or set to null.
struct RowNumbers<Number: BitwiseCopyable & Sendable> {
  private let values: Buffer<Number>
  /// Nil as long as no row is null.
  private var validity: Bitmap?
  private let budget: MemoryBudget

  init(count: Int, budget: MemoryBudget) throws(EngineError) {
    values = try Buffer(count: count, budget: budget)
    self.budget = budget
  }

  @inline(__always)
  func set(_ row: Int, _ value: Number) { values[row] = value }

  mutating func setNull(_ row: Int) throws(EngineError) {
    if validity == nil {
      validity = try Bitmap(repeating: true, count: values.count, budget: budget)
    }
    validity?.clear(row)
  }
}

extension RowNumbers<Int64> {
  func finished() -> Column {
    Column(type: .integer, count: values.count, storage: .int64(values), validity: validity)
  }
}

extension RowNumbers<Int32> {
  func finishedDays() -> Column {
    Column(type: .day, count: values.count, storage: .int32(values), validity: validity)
  }
}

extension RowNumbers<Double> {
  func finished() -> Column {
    Column(type: .number, count: values.count, storage: .double(values), validity: validity)
  }
}
