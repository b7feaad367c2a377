import AnnalsEngine

/// A publisher's file as its profile sees it: columns by name, however a vintage writes the names.
struct FlatFile: Sendable {
  /// As it was published.
  let table: Table
  let budget: MemoryBudget
  let stop: StopFlag
  private let fields: [String: Field]

  init(_ table: Table, budget: MemoryBudget, stop: StopFlag) {
    self.table = table
    self.budget = budget
    self.stop = stop
    fields = Dictionary(
      table.schema.fields.map { (Self.folded($0.name), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A name without what vintages change: case, and what stands between words.
  static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  func has(_ name: String) -> Bool { fields[name] != nil }

  /// The field of the first of some names that the file has.
  func field(_ names: String...) -> Field? { names.lazy.compactMap { fields[$0] }.first }

  /// The column of the first of some names that the file has; one of nulls if it has none of them.
  func column(_ names: String...) throws(EngineError) -> FlatColumn {
    guard let field = names.lazy.compactMap({ fields[$0] }).first else { return FlatColumn(nil) }
    return FlatColumn(try table.column(field.slot))
  }

  /// Does something for each of some numbers, and looks now and then whether it is to stop.
  func forEach(
    _ count: Int, _ body: (Int) throws(EngineError) -> Void
  ) throws(EngineError) {
    for number in 0..<count {
      if number & 0xFFFF == 0, stop.isRaised { throw .stopped }
      try body(number)
    }
  }
}
