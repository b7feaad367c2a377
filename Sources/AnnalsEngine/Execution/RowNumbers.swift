/// A number for each row, set in any order; null where none is set.
struct RowNumbers<Number: BitwiseCopyable & Sendable> {
  private let values: Buffer<Number>
  private let known: Bitmap

  init(count: Int, budget: MemoryBudget) throws(EngineError) {
    values = try Buffer(count: count, budget: budget)
    known = try Bitmap(count: count, budget: budget)
  }

  func set(_ row: Int, _ value: Number) {
    values[row] = value
    known.set(row)
  }

  private var validity: Bitmap? { known.population < known.count ? known : nil }
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
