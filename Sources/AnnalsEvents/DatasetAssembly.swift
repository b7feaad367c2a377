package import AnnalsEngine
import AnnalsFormats

/// Makes a dataset of finished tables: finds their keys, and follows their references anew.
///
/// The key of a table is its column `id`. A column of references, and one that refers in the model, is
/// resolved by key among the tables that are given, so that a reference may lead to another row than it
/// did. Where the table that it refers to is not given, its keys stay as texts or numbers.
package struct DatasetAssembly {
  /// A table and its name in the dataset.
  package struct Part {
    let name: String
    let table: Table

    package init(name: String, table: Table) {
      self.name = name
      self.table = table
    }
  }

  /// In the order of the model, then by name.
  private let parts: [Part]
  private let budget: MemoryBudget

  package init(_ parts: [Part], budget: MemoryBudget) {
    let order = Model.tables.map(\.name)
    func rank(_ part: Part) -> Int { order.firstIndex(of: part.name) ?? order.count }
    self.parts = parts.sorted { first, second in
      let ranks = (rank(first), rank(second))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
    }
    self.budget = budget
  }

  /// Checks types, keys and references.
  ///
  /// - Throws: ``EventsError/wrongTable(_:)`` for the first thing that is wrong.
  package func dataset() throws(EventsError) -> Dataset {
    let catalog: Catalog
    do throws(Failure) {
      catalog = try self.catalog()
    } catch {
      switch error {
      case .engine(let cause): throw .engine(cause: cause)
      case .table(let problem): throw .wrongTable(problem)
      }
    }
    return Dataset(
      name: "dataset", metadata: PackageMetadata(), declaresModel: true, catalog: catalog,
      notes: [])
  }

  private enum Failure: Error {
    case engine(EngineError)
    case table(TableProblem)
  }

  /// What references to a table are looked up in.
  private struct Key {
    let target: ReferenceTarget
    let index: KeyIndex
  }

  private func catalog() throws(Failure) -> Catalog {
    var keys: [String: Key] = [:]
    for part in parts { keys[part.name] = try key(of: part) }
    var entries: [Catalog.Entry] = []
    for part in parts {
      entries.append(
        Catalog.Entry(
          name: part.name, table: try linked(part, keys), key: keys[part.name] == nil ? [] : ["id"])
      )
    }
    do throws(EngineError) {
      let completion = ModelCompletion(budget: budget, targets: keys.mapValues(\.target))
      return Catalog(
        entries: ClaimRule.applied(
          to: try completion.completed(entries), budget: budget))
    } catch {
      throw .engine(error)
    }
  }

  /// The key of a table; nil if it has no column for it.
  private func key(of part: Part) throws(Failure) -> Key? {
    guard let field = part.table.schema["id"], field.type == .text || field.type == .integer else {
      return nil
    }
    let column = part.table.columns[field.slot]
    let table = part.table
    if let row = (0..<table.rowCount).first(where: { column.isNull($0) }) {
      throw .table(TableProblem(table: part.name, column: "id", row: row, reason: .nullKey))
    }
    var repeated: (row: Int, first: Int)?
    let index = try engine { () throws(EngineError) in
      try KeyIndex([column], rowCount: table.rowCount, budget: budget) { row, first in
        if repeated == nil { repeated = (row, first) }
      }
    }
    if let repeated {
      let value = column.value(repeated.row).text
      throw .table(
        TableProblem(
          table: part.name, column: "id", row: repeated.row,
          reason: .repeatedKey(value: value, firstRow: repeated.first)))
    }
    return Key(target: ReferenceTarget(table: part.name, keys: column), index: index)
  }

  private func linked(_ part: Part, _ keys: [String: Key]) throws(Failure) -> Table {
    let model = Model.table(part.name)
    var names: [(String, ValueType)] = []
    var columns: [Column] = []
    for field in part.table.schema.fields {
      let own = part.table.columns[field.slot..<field.slot + field.width]
      let wanted = model?.column(field.name)?.type
      if let table = wanted?.referredTable ?? field.type.referredTable, let column = own.first,
        [.text, .integer].contains(field.type) || field.type.referredTable != nil
      {
        let linked = try linked(column, Place(part.name, field.name), to: table, keys[table])
        names.append((field.name, linked.type))
        columns.append(linked)
      } else {
        try check(field, wanted, part)
        names.append((field.name, field.type))
        columns += own
      }
    }
    return Table(schema: Schema(names: names), rowCount: part.table.rowCount, columns: columns)
  }

  /// The model's columns must have the model's types, or what builds on them would not hold.
  private func check(_ field: Field, _ wanted: ValueType?, _ part: Part) throws(Failure) {
    guard let wanted, wanted != field.type else { return }
    if field.name == "id", field.type == .integer { return }
    if wanted == .number, field.type == .integer { return }
    // A column without any value is one of text.
    let column = part.table.columns[field.slot]
    if field.type == .text, (0..<column.count).allSatisfy({ column.isNull($0) }) { return }
    throw .table(
      TableProblem(
        table: part.name, column: field.name, row: nil,
        reason: .wrongType(field.type, wanted: wanted)))
  }

  /// Where a column stands, for messages.
  private struct Place {
    let table: String
    let column: String

    init(_ table: String, _ column: String) {
      self.table = table
      self.column = column
    }
  }

  /// References to a table that is given; the keys themselves where it is not.
  private func linked(
    _ column: Column, _ place: Place, to table: String, _ key: Key?
  ) throws(Failure) -> Column {
    guard let key else { return try keys(of: column) }
    let builder = try engine { () throws(EngineError) in
      try ColumnBuilder(type: .reference(table: table), target: key.target, budget: budget)
    }
    var bytes = KeyBytes()
    for row in 0..<column.count {
      let found = try engine { () throws(EngineError) in
        guard bytes.set([column], row) else {
          try builder.appendNull()
          return true
        }
        guard let found = try key.index.row(of: bytes.bytes.span) else { return false }
        try builder.append(Int64(found))
        return true
      }
      guard !found else { continue }
      let value = column.value(row).text
      throw .table(
        TableProblem(
          table: place.table, column: place.column, row: row,
          reason: .danglingReference(
            value: value, table: table, near: near(value, key.index))))
    }
    return try engine { () throws(EngineError) in try builder.finished() }
  }

  /// What a column of references prints; any other column as it is.
  private func keys(of column: Column) throws(Failure) -> Column {
    guard let target = column.target else { return column }
    return try engine { () throws(EngineError) in
      let builder = try ColumnBuilder(type: target.keys.type, budget: budget)
      for row in 0..<column.count {
        guard case .reference(let reference) = column.value(row) else {
          try builder.appendNull()
          continue
        }
        try builder.append(target.keys.value(reference.row))
      }
      return try builder.finished()
    }
  }

  private func near(_ value: String, _ index: KeyIndex) -> [String] {
    guard index.count <= DatasetBuilder.nearKeyLimit else { return [] }
    return NearNames.suggestions(for: value, among: index.texts)
  }

  private func engine<Result>(
    _ body: () throws(EngineError) -> Result
  ) throws(Failure) -> Result {
    do throws(EngineError) { return try body() } catch { throw .engine(error) }
  }
}

extension ValueType {
  /// The table that references of this type lead to.
  fileprivate var referredTable: String? {
    guard case .reference(let table) = self else { return nil }
    return table
  }
}
