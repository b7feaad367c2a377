/// Gathers the vectors of batch after batch into a column.
///
/// Codes are kept while all come from one dictionary; texts that were computed are put into a
/// dictionary of their own when that is smaller.
final class VectorCollector {
  private let type: ValueType
  private let budget: MemoryBudget
  private let target: ReferenceTarget?
  private var count = 0
  private let validity: GrowingBuffer<UInt64>
  private var hasNulls = false
  private let integers: GrowingBuffer<Int64>
  private let numbers: GrowingBuffer<Double>
  private var dictionary: TextDictionary?
  private var texts: ColumnBuilder?
  /// For columns of lists alone.
  private let lists: ColumnBuilder?

  init(type: ValueType, target: ReferenceTarget? = nil, budget: MemoryBudget) throws(EngineError) {
    self.type = type
    self.target = target
    self.budget = budget
    validity = try GrowingBuffer(budget: budget)
    integers = try GrowingBuffer(budget: budget)
    numbers = try GrowingBuffer(budget: budget)
    lists = type == .list ? try ColumnBuilder(type: .list, budget: budget) : nil
  }

  func append(_ vector: Vector, count added: Int) throws(EngineError) {
    switch vector.lanes {
    case .codes(_, let dictionary):
      if self.dictionary == nil, count == 0 { self.dictionary = dictionary }
      guard self.dictionary === dictionary, texts == nil else {
        return try appendTexts(vector, added)
      }
      try appendPlain(vector, added)
    case .texts: try appendTexts(vector, added)
    case .lists(let rows, let column): try appendLists(vector, rows, column, added)
    default: try appendPlain(vector, added)
    }
  }

  func finished() throws(EngineError) -> Column {
    if let texts { return try texts.finished() }
    if let lists { return try lists.finished() }
    return Column(
      type: type, count: count, storage: try storage(),
      validity: hasNulls ? Bitmap(count: count, words: try validity.finished()) : nil)
  }

  private func appendPlain(_ vector: Vector, _ added: Int) throws(EngineError) {
    for row in 0..<added {
      if count & 63 == 0 { try validity.append(0) }
      let isValid = vector.isValid(row)
      if isValid {
        validity[count >> 6] |= 1 << UInt64(count & 63)
      } else {
        hasNulls = true
      }
      count += 1
      switch vector.lanes {
      case .numbers(let values): try numbers.append(isValid ? values[row] : 0)
      case .integers(let values), .codes(let values, _):
        try integers.append(isValid ? values[row] : 0)
      case .booleans(let bits):
        let bit = bits[row >> 6] >> UInt64(row & 63) & 1
        try integers.append(isValid ? Int64(bit) : 0)
      case .texts, .lists: break
      }
    }
  }

  private func appendTexts(_ vector: Vector, _ added: Int) throws(EngineError) {
    let builder = try textBuilder()
    for row in 0..<added {
      guard vector.isValid(row) else {
        try builder.appendNull()
        continue
      }
      switch vector.lanes {
      case .texts(let lanes):
        try builder.append(text: lanes.bytes.span.extracting(lanes.text(row)))
      case .codes(let codes, let dictionary):
        let texts = dictionary.texts
        try builder.append(text: texts[Int(codes[row])])
      default: try builder.appendNull()
      }
    }
    count += added
  }

  /// The builder of texts, with what was gathered as codes before.
  private func textBuilder() throws(EngineError) -> ColumnBuilder {
    if let texts { return texts }
    let builder = try ColumnBuilder(type: .text, budget: budget)
    if let dictionary {
      let known = dictionary.texts
      for row in 0..<count {
        if row & 0xFF == 0 { try budget.checkStop() }
        if validity[row >> 6] >> UInt64(row & 63) & 1 != 0 {
          try builder.append(text: known[Int(integers[row])])
        } else {
          try builder.appendNull()
        }
      }
    }
    texts = builder
    return builder
  }

  private func appendLists(
    _ vector: Vector, _ rows: Buffer<Int64>, _ column: Column, _ added: Int
  ) throws(EngineError) {
    guard let lists else { return }
    for row in 0..<added {
      if row & 0xFF == 0 { try budget.checkStop() }
      if vector.isValid(row), let list = column.listLocation(Int(rows[row])) {
        try lists.append(list: list.texts, list.range)
      } else {
        try lists.appendNull()
      }
    }
    count += added
  }

  private func storage() throws(EngineError) -> Column.Storage {
    switch type {
    case .number: return .double(try numbers.finished())
    case .boolean:
      let bits = try Bitmap(count: count, budget: budget)
      for row in 0..<count {
        if row & 0xFFFF == 0 { try budget.checkStop() }
        if integers[row] != 0 { bits.set(row) }
      }
      return .boolean(bits)
    case .text:
      guard let dictionary else {
        return .text(try TextBlockBuilder(budget: budget).finished())
      }
      return .codes32(try narrowed(), dictionary)
    case .day: return .int32(try narrowed())
    case .reference:
      guard let target else { return .int64(try integers.finished()) }
      return .reference(try narrowed(), target)
    default: return .int64(try integers.finished())
    }
  }

  private func narrowed() throws(EngineError) -> Buffer<Int32> {
    let result = try Buffer<Int32>(count: count, budget: budget)
    var target = result.mutableSpan
    for part in Parts(below: count) {
      try budget.checkStop()
      for row in part { target[row] = Int32(truncatingIfNeeded: integers[row]) }
    }
    return result
  }
}
