/// Gathers values one by one into a column; for readers and small results.
///
/// Text goes into a dictionary until that has more than ``dictionaryLimit`` texts and more than half
/// as many as there are rows; from then on, and for the rows before, into a block of its own.
package final class ColumnBuilder {
  /// How many different texts a column may always have in a dictionary.
  package static let dictionaryLimit = 1 << 16

  package let type: ValueType
  package private(set) var count = 0
  let budget: MemoryBudget
  private let validity: GrowingBuffer<UInt64>
  private var hasNulls = false
  private let integers: GrowingBuffer<Int64>
  private let doubles: GrowingBuffer<Double>
  private var interner: TextInterner?
  private var listTexts: TextBlockBuilder?
  private let target: ReferenceTarget?
  private let dictionaryLimit: Int
  private var hasManyTexts = false
  private var knownTextCount = 0

  /// - Parameters:
  ///   - target: Where the rows of a reference column lie; needed for that type alone.
  ///   - dictionaryLimit: Another limit than the usual, for tests.
  package init(
    type: ValueType, target: ReferenceTarget? = nil, budget: MemoryBudget,
    dictionaryLimit: Int = ColumnBuilder.dictionaryLimit
  ) throws(EngineError) {
    self.type = type
    self.dictionaryLimit = dictionaryLimit
    self.target = target
    self.budget = budget
    validity = try GrowingBuffer(budget: budget)
    integers = try GrowingBuffer(budget: budget)
    doubles = try GrowingBuffer(budget: budget)
    if type == .text { interner = try TextInterner(budget: budget) }
    if type == .list {
      listTexts = try TextBlockBuilder(budget: budget)
      try integers.append(0)
    }
  }

  package func appendNull() throws(EngineError) {
    hasNulls = true
    try appendBit(false)
    switch type {
    case .number: try doubles.append(0)
    case .list: try integers.append(Int64(listTexts?.count ?? 0))
    default: try integers.append(0)
    }
  }

  package func append(_ value: Bool) throws(EngineError) { try append(value ? 1 : 0 as Int64) }

  /// An integer, the number of a day, a time in microseconds, or a reference's row.
  package func append(_ value: Int64) throws(EngineError) {
    try appendBit(true)
    try integers.append(value)
  }

  package func append(_ value: Double) throws(EngineError) {
    try appendBit(true)
    try doubles.append(value)
  }

  package func append(text: Span<UInt8>) throws(EngineError) {
    guard interner != nil else { return try appendNull() }
    try append(code: try code(of: text))
  }

  /// What stands for a text in a text column, to be appended with ``append(code:)``.
  func code(of text: Span<UInt8>) throws(EngineError) -> Int {
    guard let interner else { preconditionFailure("only a text column has codes") }
    return try interner.code(for: text)
  }

  /// Appends the text that a code stands for.
  func append(code: Int) throws(EngineError) {
    try append(Int64(code))
    guard let interner, interner.count > knownTextCount else { return }
    knownTextCount = interner.count
    if knownTextCount > dictionaryLimit, knownTextCount > count / 2 { hasManyTexts = true }
  }

  package func append(list: [String]) throws(EngineError) {
    guard let listTexts else { return try appendNull() }
    for (index, text) in list.enumerated() {
      if index & 0xFFF == 0 { try budget.checkStop() }
      try listTexts.append(text)
    }
    try appendBit(true)
    try integers.append(Int64(listTexts.count))
  }

  /// A list of some texts of a block.
  package func append(list texts: TextBlock, _ range: Range<Int>) throws(EngineError) {
    guard let listTexts else { return try appendNull() }
    for index in range {
      if index & 0xFFF == 0 { try budget.checkStop() }
      try listTexts.append(texts[index])
    }
    try appendBit(true)
    try integers.append(Int64(listTexts.count))
  }

  /// Any scalar value; one of another type than the column's counts as null.
  package func append(_ value: Value) throws(EngineError) {
    switch (value, type) {
    case (.boolean(let value), .boolean): try append(value)
    case (.integer(let value), .integer): try append(value)
    case (.integer(let value), .number): try append(Double(value))
    case (.number(let value), .number): try append(value)
    case (.day(let value), .day): try append(Int64(value.number))
    case (.time(let value), .time): try append(value.microseconds)
    case (.text(let value), .text):
      let bytes = Array(value.utf8)
      try append(text: bytes.span)
    case (.list(let values), .list): try append(list: values)
    case (.reference(let reference), .reference): try append(Int64(reference.row))
    default: try appendNull()
    }
  }

  /// The column; the builder is used up.
  package func finished() throws(EngineError) -> Column {
    Column(
      type: type, count: count, storage: try storage(),
      validity: hasNulls ? Bitmap(count: count, words: try validity.finished()) : nil)
  }

  private func appendBit(_ bit: Bool) throws(EngineError) {
    if count & 63 == 0 { try validity.append(0) }
    if bit { validity[count >> 6] |= 1 << UInt64(count & 63) }
    count += 1
  }

  private func storage() throws(EngineError) -> Column.Storage {
    switch type {
    case .boolean:
      let bits = try Bitmap(count: count, budget: budget)
      for row in 0..<count {
        if row & 0xFFFF == 0 { try budget.checkStop() }
        if integers[row] != 0 { bits.set(row) }
      }
      return .boolean(bits)
    case .number: return .double(try doubles.finished())
    case .text: return try textStorage()
    case .day: return .int32(try narrowed(Int32.self))
    case .time: return .int64(try integers.finished())
    case .list:
      guard let listTexts else { return .int64(try integers.finished()) }
      return .list(offsets: try integers.finished(), try listTexts.finished())
    case .reference:
      guard let target else { return .int32(try narrowed(Int32.self)) }
      return .reference(try narrowed(Int32.self), target)
    case .integer, .figure: return try integerStorage()
    }
  }

  private func integerStorage() throws(EngineError) -> Column.Storage {
    var low: Int64 = 0
    var high: Int64 = 0
    for row in 0..<integers.count {
      if row & 0xFFFF == 0 { try budget.checkStop() }
      low = min(low, integers[row])
      high = max(high, integers[row])
    }
    if Int8(exactly: low) != nil, Int8(exactly: high) != nil {
      return .int8(try narrowed(Int8.self))
    }
    if Int16(exactly: low) != nil, Int16(exactly: high) != nil {
      return .int16(try narrowed(Int16.self))
    }
    if Int32(exactly: low) != nil, Int32(exactly: high) != nil {
      return .int32(try narrowed(Int32.self))
    }
    return .int64(try integers.finished())
  }

  private func textStorage() throws(EngineError) -> Column.Storage {
    guard let interner else { return .int64(try integers.finished()) }
    let dictionary = try interner.finished()
    if hasManyTexts {
      let texts = try TextBlockBuilder(budget: budget)
      let known = dictionary.texts
      for row in 0..<count {
        if row & 0xFF == 0 { try budget.checkStop() }
        if validity[row >> 6] >> UInt64(row & 63) & 1 != 0 {
          try texts.append(known[Int(integers[row])])
        } else {
          try texts.append("")
        }
      }
      return .text(try texts.finished())
    }
    if dictionary.count <= 1 << 8 { return .codes8(try narrowed(UInt8.self), dictionary) }
    if dictionary.count <= 1 << 16 { return .codes16(try narrowed(UInt16.self), dictionary) }
    return .codes32(try narrowed(Int32.self), dictionary)
  }

  /// The integers in a narrower type, which their range is known to fit.
  private func narrowed<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _: T.Type
  ) throws(EngineError) -> Buffer<T> {
    let result = try Buffer<T>(count: count, budget: budget)
    var target = result.mutableSpan
    for part in Parts(below: count) {
      try budget.checkStop()
      for row in part { target[row] = T(truncatingIfNeeded: integers[row]) }
    }
    return result
  }
}
