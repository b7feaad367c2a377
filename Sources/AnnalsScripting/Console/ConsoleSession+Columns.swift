import AnnalsEngine

// What may be typed in formulas.
extension ConsoleSession {
  /// So many values of a column are offered.
  private static let valueLimit = 500
  /// So many different texts of a column are looked at.
  private static let textLimit = 500_000

  /// The columns that a formula of a table may begin a path with, or go on with.
  ///
  /// - Parameter path: The names before the last dot, such as `event`, `place`.
  package func columnNames(of receiver: ConsoleReceiver, after path: [String]) -> [ConsoleName] {
    guard let query = query(of: receiver) else { return [] }
    guard !path.isEmpty else { return Self.names(of: query.schema) }
    switch end(of: path, from: query)?.field.type {
    case .reference(let table):
      return (query.catalog ?? session.catalog)[table].map { Self.names(of: $0.table.schema) } ?? []
    case .figure: return Self.partsOfFigures
    default: return []
    }
  }

  /// Texts that stand in a column and begin as given, in the order of their bytes. A column without a
  /// dictionary is not looked at: its texts hardly repeat, and to read it may take long.
  package func values(
    of receiver: ConsoleReceiver, at path: [String], prefix: String
  ) -> [String] {
    guard let query = query(of: receiver), let (field, table) = end(of: path, from: query),
      field.type == .text, let table, (try? table.parts[field.slot].isCoded) == true,
      let dictionary = try? table.column(field.slot).dictionary
    else { return [] }
    let wanted = Array(prefix.utf8)
    let texts = dictionary.texts
    var found: [String] = []
    for code in 0..<min(texts.count, Self.textLimit) {
      let text = texts[code]
      guard Self.begins(text, wanted) else { continue }
      found.append(texts.string(code))
      // Enough to sort; the rest would not be read.
      if found.count >= Self.valueLimit * 20 { break }
    }
    found.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Array(found.prefix(Self.valueLimit))
  }

  /// The field that a path ends at, and a finished table that holds its values, if one is known.
  private func end(of path: [String], from query: Query) -> (field: Field, table: Table?)? {
    guard let first = path.first, var field = query.schema[first] else { return nil }
    var table = query.sources.first { $0.schema[first]?.type == field.type }
    if let found = table?.schema[first] { field = found }
    for name in path.dropFirst() {
      guard case .reference(let target) = field.type,
        let entry = (query.catalog ?? session.catalog)[target], let next = entry.table.schema[name]
      else { return nil }
      field = next
      table = entry.table
    }
    return (field, table)
  }

  /// Whether a text begins with some bytes; letters of ASCII count in either case.
  private static func begins(_ text: Span<UInt8>, _ prefix: [UInt8]) -> Bool {
    guard text.count >= prefix.count else { return false }
    for index in prefix.indices where lower(text[index]) != lower(prefix[index]) { return false }
    return true
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
