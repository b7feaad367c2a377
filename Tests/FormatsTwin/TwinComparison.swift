package import AnnalsEngine
package import AnnalsFormats

/// Reads bytes with the library and with its twin, and tells whether that gives the same.
package enum TwinComparison {
  /// What differs, in words; nil if nothing does.
  package static func difference(_ file: RandomFile, budget: MemoryBudget) throws -> String? {
    try difference(
      file.bytes, file.dialect, file.schema, file.options, hints: file.hints, budget: budget)
  }

  /// What differs, in words; nil if nothing does.
  package static func difference(
    _ bytes: [UInt8], _ dialect: DelimitedDialect, _ schema: TableSchema?,
    _ options: ReadingOptions, hints: FileHints? = nil, budget: MemoryBudget
  ) throws -> String? {
    let resource = TableResource(name: "t", path: "t.csv", dialect: dialect)
    var (found, expected) = (ProblemList(limit: 20), ProblemList(limit: 20))
    let table = try TableReader.read(
      resource, schema: schema, hints: hints, from: ByteSource(bytes), fileIndex: 3, budget: budget,
      options: options, problems: &found)
    let twin = try TwinTableReader.read(
      resource, schema: schema, hints: hints, from: bytes, fileIndex: 3, budget: budget,
      options: options,
      pieceByteCount: options.windowByteCount, problems: &expected)
    if found.count != expected.count || found.problems != expected.problems {
      return "problems: \(found.count) \(found.problems.map(\.description))"
        + "\ninstead of \(expected.count) \(expected.problems.map(\.description))"
    }
    if table.schema != twin.schema { return "schema: \(table.schema)\ninstead of \(twin.schema)" }
    if table.rowCount != twin.rowCount { return "rows: \(table.rowCount), not \(twin.rowCount)" }
    for row in 0..<twin.rowCount where table.lines[row] != twin.lines[row] {
      return "line of row \(row): \(table.lines[row]), not \(twin.lines[row])"
    }
    for (index, field) in twin.schema.fields.enumerated() {
      if let difference = difference(
        try table.parts[index].read(), try twin.parts[index].read())
      {
        return "column `\(field.name)`: " + difference
      }
    }
    return nil
  }

  /// Reads a file with the library.
  package static func read(
    _ file: RandomFile, budget: MemoryBudget
  ) throws(FormatsError) -> RawTable {
    var problems = ProblemList(limit: 20)
    return try TableReader.read(
      TableResource(name: "t", path: "t.csv", dialect: file.dialect), schema: file.schema,
      hints: file.hints, from: ByteSource(file.bytes), budget: budget, options: file.options,
      problems: &problems)
  }

  private static func difference(_ found: Column, _ expected: Column) -> String? {
    if found.type != expected.type || found.count != expected.count {
      return "\(found.count) of \(found.type), not \(expected.count) of \(expected.type)"
    }
    if layout(found) != layout(expected) { return "\(layout(found)), not \(layout(expected))" }
    if (found.validity == nil) != (expected.validity == nil) { return "a validity or none" }
    for row in 0..<expected.count {
      let (one, other) = (found.value(row), expected.value(row))
      if !same(one, other) { return "row \(row): \(one), not \(other)" }
    }
    return nil
  }

  private static func same(_ one: Value, _ other: Value) -> Bool {
    if case .number(let one) = one, case .number(let other) = other {
      return one.bitPattern == other.bitPattern || (one.isNaN && other.isNaN)
    }
    return one == other
  }

  /// The layout, and the texts of a dictionary in order.
  private static func layout(_ column: Column) -> String {
    let texts = column.dictionary.map { dictionary in
      (0..<dictionary.count).map { dictionary.texts.string($0) }
    }
    let name =
      switch column.storage {
      case .boolean: "boolean"
      case .int8: "int8"
      case .int16: "int16"
      case .int32: "int32"
      case .int64: "int64"
      case .double: "double"
      case .codes8: "codes8"
      case .codes16: "codes16"
      case .codes32: "codes32"
      case .text: "text"
      case .list: "list"
      case .reference: "reference"
      }
    return name + (texts.map { " \($0)" } ?? "")
  }
}

extension FormatsError {
  /// Whether memory ran out.
  package var isOutOfMemory: Bool {
    if case .engine(.outOfMemory) = self { return true }
    return false
  }
}
