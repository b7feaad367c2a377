import AnnalsEngine

/// A column as it is written: a field of the table, or one part of a figure.
struct OutputColumn: Sendable {
  enum Part: String, Sendable, CaseIterable {
    case low, best, high
  }

  let name: String
  let field: Field
  /// Which part of a figure; nil for a whole field.
  let part: Part?
  /// A reference whose keys are integers.
  private let hasIntegerKeys: Bool

  /// The columns of a table in order; names that clash are an error.
  static func columns(
    of table: Table, dividesFigures: Bool
  ) throws(FormatsError) -> [OutputColumn] {
    var columns: [OutputColumn] = []
    for field in table.schema.fields {
      let parts: [Part?] = dividesFigures && field.type == .figure ? Part.allCases : [nil]
      columns += parts.map { OutputColumn(field, part: $0, of: table) }
    }
    var names: Set<String> = []
    for column in columns where !names.insert(column.name).inserted {
      throw .clashingColumn(name: column.name)
    }
    return columns
  }

  private init(_ field: Field, part: Part?, of table: Table) {
    self.field = field
    self.part = part
    name = part.map { field.name + "_" + $0.rawValue } ?? field.name
    if case .reference(_, let target)? = (try? table.column(field.slot))?.storage {
      hasIntegerKeys = target.keys.type == .integer
    } else {
      hasIntegerKeys = false
    }
  }

  /// The slot of the table that it stands in.
  var slot: Int {
    field.slot + (part.flatMap { Part.allCases.firstIndex(of: $0) } ?? 0)
  }

  /// Whether it lines up on the right.
  var isNumeric: Bool {
    switch field.type {
    case .integer, .number, .figure: true
    default: false
    }
  }

  /// The cell of a row; a reference is the value of its key.
  func value(_ row: Int, of table: Table) -> Value {
    let value = table.value(row: row, field: field)
    switch value {
    case .reference(let reference):
      let number = hasIntegerKeys ? Int64(reference.key) : nil
      return number.map(Value.integer) ?? .text(reference.key)
    case .figure(let figure):
      switch part {
      case .low: return figure.low.map(Value.number) ?? .null
      case .best: return figure.best.map(Value.number) ?? .null
      case .high: return figure.high.map(Value.number) ?? .null
      case nil: return value
      }
    default: return value
    }
  }
}
