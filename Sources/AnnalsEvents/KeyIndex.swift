import AnnalsEngine

/// Finds rows by the values of one or more columns.
struct KeyIndex {
  private let dictionary: TextDictionary
  /// The first row of each key of the dictionary.
  private let rows: Buffer<Int32>
  private let budget: MemoryBudget

  /// Enters all rows whose key has no null.
  ///
  /// - Parameter onDuplicate: Told of each row whose key an earlier row has, and of that row.
  init(
    _ columns: [Column], rowCount: Int, budget: MemoryBudget,
    onDuplicate: (_ row: Int, _ first: Int) -> Void
  ) throws(EngineError) {
    let interner = try TextInterner(budget: budget)
    let rows = try GrowingBuffer<Int32>(budget: budget)
    var key = KeyBytes()
    for row in 0..<rowCount {
      guard key.set(columns, row) else { continue }
      let code = try interner.code(for: key.bytes.span)
      if code == rows.count {
        try rows.append(Int32(truncatingIfNeeded: row))
      } else {
        onDuplicate(row, Int(rows[code]))
      }
    }
    dictionary = try interner.finished()
    self.rows = try rows.finished()
    self.budget = budget
  }

  /// The first row with a key; nil if there is none.
  func row(of key: Span<UInt8>) throws(EngineError) -> Int? {
    try dictionary.code(of: key, budget: budget).map { Int(rows[$0]) }
  }

  var count: Int { dictionary.count }

  /// All keys as texts, for suggestions.
  var texts: [String] { (0..<dictionary.count).map { dictionary.texts.string($0) } }
}

/// The bytes of a key: the text of a single value, or several texts with their lengths in front.
struct KeyBytes {
  private(set) var bytes: [UInt8] = []

  /// Takes the key of a row; false if a part of it is null.
  mutating func set(_ columns: [Column], _ row: Int) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    for column in columns {
      if column.isNull(row) { return false }
      guard columns.count > 1 else {
        append(column, row)
        continue
      }
      let start = bytes.count
      for _ in 0..<8 { bytes.append(0) }
      append(column, row)
      let length = bytes.count - start - 8
      for index in 0..<8 {
        bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * index))
      }
    }
    return true
  }

  private mutating func append(_ column: Column, _ row: Int) {
    guard let (block, index) = column.textLocation(row) else {
      bytes.append(contentsOf: column.value(row).text.utf8)
      return
    }
    let text = block[index]
    for position in text.indices { bytes.append(text[position]) }
  }
}
