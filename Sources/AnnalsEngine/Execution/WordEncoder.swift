/// Turns the values of one expression into words that are equal just where the values are, and back.
///
/// Codes of a dictionary stand for themselves; texts without one are numbered by first appearance.
/// One encoder belongs to one thread.
final class WordEncoder {
  let type: ValueType
  private var dictionary: TextDictionary?
  private var interner: TextInterner?
  private let budget: MemoryBudget

  init(type: ValueType, budget: MemoryBudget) {
    self.type = type
    self.budget = budget
  }

  /// The word of a row's value, which must be known.
  func word(_ vector: Vector, _ row: Int) throws(EngineError) -> UInt64 {
    switch vector.lanes {
    case .integers(let values): return UInt64(bitPattern: values[row])
    case .numbers(let values):
      // Both zeros are one value, and so are all NaN.
      let value = values[row]
      return value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0.0 : value).bitPattern
    case .booleans(let bits): return bits[row >> 6] >> UInt64(row & 63) & 1
    case .codes(let codes, let dictionary):
      if self.dictionary == nil, interner == nil { self.dictionary = dictionary }
      if self.dictionary === dictionary { return UInt64(codes[row]) }
      let texts = dictionary.texts
      return UInt64(try code(of: texts[Int(codes[row])]))
    case .texts(let lanes):
      return UInt64(try code(of: lanes.bytes.span.extracting(lanes.text(row))))
    case .lists: return 0
    }
  }

  private func code(of text: Span<UInt8>) throws(EngineError) -> Int {
    try texts().code(for: text)
  }

  private func texts() throws(EngineError) -> TextInterner {
    if let interner { return interner }
    let fresh = try TextInterner(budget: budget)
    if let dictionary {
      let known = dictionary.texts
      for code in 0..<dictionary.count {
        if code & 0xFFF == 0 { try budget.checkStop() }
        _ = try fresh.code(for: known[code])
      }
    }
    dictionary = nil
    interner = fresh
    return fresh
  }

  /// What each word of another encoder of the same expression is here; nil where words need no
  /// translation.
  func translation(from other: WordEncoder) throws(EngineError) -> Buffer<UInt64>? {
    guard type == .text else { return nil }
    if dictionary == nil, interner == nil, let known = other.dictionary {
      dictionary = known
      return nil
    }
    if other.dictionary == nil, other.interner == nil { return nil }
    if let dictionary, dictionary === other.dictionary { return nil }
    let texts = try other.finishedDictionary().texts
    let result = try Buffer<UInt64>(count: texts.count, budget: budget)
    for code in 0..<texts.count {
      if code & 0xFFF == 0 { try budget.checkStop() }
      result[code] = UInt64(try self.code(of: texts[code]))
    }
    return result
  }

  /// The texts behind the words; no more words are taken after this.
  private func finishedDictionary() throws(EngineError) -> TextDictionary {
    if let dictionary { return dictionary }
    let finished: TextDictionary
    if let interner {
      finished = try interner.finished()
    } else {
      finished = try TextInterner(budget: budget).finished()
    }
    dictionary = finished
    interner = nil
    return finished
  }

  /// A column of values from words; `word(i)` is nil for null.
  func column(
    count: Int, target: ReferenceTarget?, word: (Int) -> UInt64?
  ) throws(EngineError) -> Column {
    guard type == .text else {
      let builder = try ColumnBuilder(type: type, target: target, budget: budget)
      for index in 0..<count {
        if index & 0xFFFF == 0 { try budget.checkStop() }
        guard let word = word(index) else {
          try builder.appendNull()
          continue
        }
        if type == .number {
          try builder.append(Double(bitPattern: word))
        } else {
          try builder.append(Int64(bitPattern: word))
        }
      }
      return try builder.finished()
    }
    return try Self.column(of: try finishedDictionary(), count: count, budget: budget) {
      word($0).map { Int32(truncatingIfNeeded: $0) }
    }
  }

  /// A column of texts from codes; `code(i)` is nil for null.
  static func column(
    of dictionary: TextDictionary, count: Int, budget: MemoryBudget, code: (Int) -> Int32?
  ) throws(EngineError) -> Column {
    let codes = try Buffer<Int32>(count: count, budget: budget)
    let validity = try Bitmap(count: count, budget: budget)
    for index in 0..<count {
      if index & 0xFFFF == 0 { try budget.checkStop() }
      guard let code = code(index) else { continue }
      codes[index] = code
      validity.set(index)
    }
    let hasNulls = validity.population < count
    return Column(
      type: .text, count: count, storage: .codes32(codes, dictionary),
      validity: hasNulls ? validity : nil)
  }

  /// Compares two words by the values they stand for.
  func compare(_ left: UInt64, _ right: UInt64) throws(EngineError) -> Int {
    switch type {
    case .number:
      let first = Double(bitPattern: left)
      let second = Double(bitPattern: right)
      if NumberFunctions.precedes(first, second) { return -1 }
      return NumberFunctions.precedes(second, first) ? 1 : 0
    case .text:
      if left == right { return 0 }
      if let dictionary {
        let texts = dictionary.texts
        return ByteOrder.compare(texts[Int(left)], texts[Int(right)])
      }
      return interner?.compare(Int(left), Int(right)) ?? 0
    default:
      let first = Int64(bitPattern: left)
      let second = Int64(bitPattern: right)
      return first < second ? -1 : first > second ? 1 : 0
    }
  }
}
