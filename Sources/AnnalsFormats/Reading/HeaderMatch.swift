import AnnalsEngine

/// Which column each field of a file belongs to.
struct HeaderMatch {
  /// Near names are offered where fewer columns than that are missing, and fewer are unexpected.
  private static let nearNameLimit = 100

  /// The columns; their types mean nothing where they are to be found out.
  private(set) var schema: TableSchema
  private(set) var fieldNames: [String] = []
  /// The column of each field; nil for those that none takes.
  private(set) var targets: [Int?] = []
  /// What is wrong with the names, in order.
  private(set) var problems: [(reason: DataProblem.Reason, column: String)] = []
  let isDeclared: Bool

  /// - Parameter declared: Nil where the columns are those of the file.
  init(declared: TableSchema?) {
    isDeclared = declared != nil
    schema = declared ?? TableSchema(fields: [])
  }

  var rules: [ColumnRule] {
    schema.fields.map { ColumnRule($0, in: schema, isDeclared: isDeclared) }
  }

  /// The columns that no field belongs to.
  var absentColumns: [Int] {
    let present = Set(targets.compactMap(\.self))
    return schema.fields.indices.filter { !present.contains($0) }
  }

  /// Takes the fields of the schema, for a file without a header.
  mutating func takeSchema() {
    fieldNames = schema.names
    targets = Array(schema.fields.indices)
  }

  /// Takes a number of fields, for a file without a header or schema.
  mutating func take(count: Int) { take(names: (0..<count).map { "column\($0 + 1)" }) }

  /// Takes the names that a header has.
  ///
  /// - Parameter areDistinct: Whether a name that stands twice is one column; otherwise the columns
  ///   get names that differ.
  mutating func take(names given: [String], areDistinct: Bool = true) {
    let distinct = areDistinct ? nil : HeaderNames(given)
    let names = distinct?.names ?? given
    problems += distinct?.problems ?? []
    fieldNames = names
    if !isDeclared {
      var known: Set<String> = []
      schema.fields = names.filter { known.insert($0).inserted }.map {
        FieldDefinition(name: $0, type: .text)
      }
    }
    var indexes: [String: Int] = [:]
    for (index, name) in schema.names.enumerated() { indexes[name] = index }
    let found = Set(names)
    let lost = schema.names.filter { !found.contains($0) }
    let extra = names.filter { indexes[$0] == nil }
    let hasFew = lost.count < Self.nearNameLimit && extra.count < Self.nearNameLimit
    var taken: Set<Int> = []
    for name in names {
      if let index = indexes[name] {
        let isNew = taken.insert(index).inserted
        targets.append(isNew ? index : nil)
        if !isNew { problems.append((.duplicateColumn, name)) }
      } else {
        targets.append(nil)
        let near = hasFew ? NearNames.suggestions(for: name, among: lost) : []
        problems.append((.unexpectedColumn(near: near), name))
      }
    }
    for name in lost {
      let near = hasFew ? NearNames.suggestions(for: name, among: extra) : []
      problems.append((.missingColumn(near: near), name))
    }
  }
}
