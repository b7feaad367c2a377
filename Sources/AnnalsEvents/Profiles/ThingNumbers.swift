import AnnalsEngine

/// Numbers the things that rows name (events, actors, places, sources) by first appearance.
final class ThingNumbers {
  private let interner: TextInterner
  private var bytes: [UInt8] = []

  init(budget: MemoryBudget) throws(EngineError) {
    interner = try TextInterner(budget: budget)
  }

  var count: Int { interner.count }

  /// The number of what a row names by its values in some columns; nil if all of them are null.
  func number(_ columns: [FlatColumn], _ row: Int) throws(EngineError) -> Int? {
    if columns.allSatisfy({ $0.isNull(row) }) { return nil }
    bytes.removeAll(keepingCapacity: true)
    for column in columns { column.appendKey(row, to: &bytes) }
    let key = bytes
    return try interner.code(for: key.span)
  }

  /// The number of what a row names, of things that the same columns name in every row: these need not be
  /// compared by their texts.
  func number(byCodesOf columns: [FlatColumn], _ row: Int) throws(EngineError) -> Int {
    bytes.removeAll(keepingCapacity: true)
    for column in columns { column.appendCode(row, to: &bytes) }
    let key = bytes
    return try interner.code(for: key.span)
  }

  /// The number of what some texts name.
  func number(_ texts: [String?]) throws(EngineError) -> Int {
    bytes.removeAll(keepingCapacity: true)
    for text in texts {
      bytes.append(contentsOf: (text ?? "\0").utf8)
      bytes.append(0xFF)
    }
    let key = bytes
    return try interner.code(for: key.span)
  }
}

/// The columns by which rows name a thing. A single one with a dictionary is looked up by its codes.
final class ThingKey {
  private let columns: [FlatColumn]
  private let dictionary: TextDictionary?
  /// The number of each code of the dictionary + 1; 0 where it was not asked for.
  private let known: Buffer<Int32>?

  init(_ columns: [FlatColumn], budget: MemoryBudget) throws(EngineError) {
    self.columns = columns
    dictionary = columns.count == 1 ? columns[0].column?.dictionary : nil
    if let dictionary {
      known = try Buffer(count: dictionary.count, budget: budget)
    } else {
      known = nil
    }
  }

  /// The number of what a row names; nil if it names nothing.
  func number(_ row: Int, among things: ThingNumbers) throws(EngineError) -> Int? {
    guard let known, let code = columns[0].column?.textLocation(row)?.index else {
      return try things.number(columns, row)
    }
    if columns[0].isNull(row) { return nil }
    if known[code] > 0 { return Int(known[code]) - 1 }
    guard let number = try things.number(columns, row) else { return nil }
    known[code] = Int32(number + 1)
    return number
  }
}
