import AnnalsEngine

/// A publisher's file as its profile sees it: columns by name, however a vintage writes the names.
struct FlatFile: Sendable {
  /// As it was published.
  let table: Table
  let budget: MemoryBudget
  let stop: StopFlag
  private let fields: [String: Field]
  /// The columns in which numbers stand for nothing known, without these, by slot.
  private let known: [Int: Once<Column>]

  init(_ table: Table, _ profile: Profile, budget: MemoryBudget, stop: StopFlag) {
    self.table = table
    self.budget = budget
    self.stop = stop
    var fields = Dictionary(
      table.schema.fields.map { (Self.folded($0.name), $0) },
      uniquingKeysWith: { first, _ in first })
    for (name, older) in profile.aliases where fields[name] == nil { fields[name] = fields[older] }
    self.fields = fields
    let slots = fields.compactMap { name, field -> (Int, Once<Column>)? in
      let own = profile.sentinels.filter { $0.columns.contains(name) }
      if own.isEmpty || field.type == .figure { return nil }
      return (
        field.slot,
        Once { () throws(EngineError) in
          try Sentinel.nulling(own, in: table.column(field.slot), budget, stop)
        }
      )
    }
    known = Dictionary(slots, uniquingKeysWith: { first, _ in first })
  }

  /// A name without what vintages change: case, and what stands between words.
  static func folded(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: name.utf8.map(folded), as: UTF8.self)
    }
    return String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    default: UInt8(ascii: "_")
    }
  }

  /// Names so folded.
  static func folded(_ names: [String]) -> Set<String> { Set(names.map(folded)) }

  func has(_ name: String) -> Bool { fields[name] != nil }

  /// The field of a name.
  func field(_ name: String) -> Field? { fields[name] }

  /// The columns of a field, with null where a number stands for nothing known.
  func columns(of field: Field) throws(EngineError) -> [Column] {
    if let known = known[field.slot] { return [try known.get()] }
    return try table.columns(of: field)
  }

  func column(of field: Field) throws(EngineError) -> FlatColumn {
    if let known = known[field.slot] { return FlatColumn(try known.get()) }
    return FlatColumn(try table.column(field.slot))
  }

  /// The column of the first of some names that the file has; one of nulls if it has none of them.
  func column(_ names: [String]) throws(EngineError) -> FlatColumn {
    guard let field = names.lazy.compactMap({ fields[$0] }).first else { return FlatColumn(nil) }
    return try column(of: field)
  }

  func column(_ name: String) throws(EngineError) -> FlatColumn { try column([name]) }

  /// The columns of some names, each.
  func columns(_ names: [String]) throws(EngineError) -> [FlatColumn] {
    try names.map { name throws(EngineError) in try column(name) }
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
