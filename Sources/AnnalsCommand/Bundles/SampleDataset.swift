import Annals
import AnnalsPlatform

/// A dataset made of what a manifest needs and nothing else: each table has the columns that the manifest
/// names and one row.
///
/// A script that runs on it uses no column that a dataset may lack. A table that a reference leads to has an
/// `id`, needed or not, since the reference must name a row of it.
struct SampleDataset {
  private let manifest: Manifest

  init(for manifest: Manifest) { self.manifest = manifest }

  /// Columns that say they are references where the model does not know to which table.
  var unknownReferences: [String] {
    manifest.needs.flatMap { table in
      table.columns.filter { $0.type == "reference" && target(of: $0, in: table.name) == nil }
        .map { table.name + "." + $0.name }
    }
  }

  /// Writes its files.
  ///
  /// - Returns: The folder that is to be opened; it may go as soon as that is done.
  func write() throws(PlatformError) -> ScratchFolder {
    let folder = try ScratchFolder()
    let tables = tables
    for (index, table) in tables.enumerated() {
      try folder.write(Array(csv(table).utf8), to: Self.fileName(index))
    }
    try folder.write(Array(package(tables).text.utf8), to: "datapackage.json")
    return folder
  }

  // MARK: Tables

  private var tables: [NeededTable] {
    let targets = Set(
      manifest.needs.flatMap { table in
        table.columns.compactMap { target(of: $0, in: table.name) }
      })
    let needed = manifest.needs.map { table in
      let lacksKey = targets.contains(table.name) && !table.columns.contains { $0.name == "id" }
      return NeededTable(
        name: table.name,
        columns: (lacksKey || table.columns.isEmpty ? [Self.key] : []) + table.columns)
    }
    let names = needed.map(\.name)
    if needed.isEmpty { return [NeededTable(name: "nothing", columns: [Self.key])] }
    return needed
      + targets.filter { !names.contains($0) }.sorted().map {
        NeededTable(name: $0, columns: [Self.key])
      }
  }

  private static let key = NeededColumn(name: "id", type: "text")

  /// The table that a reference leads to.
  private func target(of column: NeededColumn, in table: String) -> String? {
    guard column.type == "reference" || column.type == "any",
      case .reference(let target)? = Model.table(table)?.column(column.name)?.type
    else { return nil }
    return target
  }

  // MARK: Files

  private static func fileName(_ index: Int) -> String { "table-\(index + 1).csv" }

  /// Two lines: the names, and a value of each type.
  private func csv(_ table: NeededTable) -> String {
    var (names, values): ([String], [String]) = ([], [])
    for column in table.columns {
      if column.type == "figure" {
        names += ["low", "best", "high"].map { column.name + "_" + $0 }
        values += ["1", "2", "3"]
      } else {
        names.append(column.name)
        values.append(value(of: column, in: table.name))
      }
    }
    return [names, values].map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private func value(of column: NeededColumn, in table: String) -> String {
    if let target = target(of: column, in: table) {
      // No row of the model lies inside itself.
      return target == table ? "" : "1"
    }
    if column.name == "id", column.type == "text" || column.type == "any" { return "1" }
    return switch column.type {
    case "boolean": "true"
    case "integer": "1"
    case "number": "1.5"
    case "day": "2000-01-03"
    case "time": "2000-01-03T12:00:00Z"
    default: Model.table(table)?.column(column.name)?.choices.first ?? "a"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private func package(_ tables: [NeededTable]) -> JSONValue {
    let resources = tables.enumerated().map { index, table in
      Self.object([
        ("name", Self.text(table.name)), ("path", Self.text(Self.fileName(index))),
        ("schema", schema(table)),
      ])
    }
    return Self.object([
      ("name", Self.text("needs")), ("annals:model", Self.text(Model.version)),
      ("resources", Self.value(.array(resources))),
    ])
  }

  private func schema(_ table: NeededTable) -> JSONValue {
    var members = [("fields", Self.value(.array(table.columns.flatMap(fields))))]
    if table.columns.contains(where: { $0.name == "id" }) {
      members.append(("primaryKey", Self.text("id")))
    }
    let keys = table.columns.compactMap { column in
      target(of: column, in: table.name).map { target in
        let reference = [("resource", Self.text(target)), ("fields", Self.text("id"))]
        return Self.object([
          ("fields", Self.text(column.name)), ("reference", Self.object(reference)),
        ])
      }
    }
    if !keys.isEmpty { members.append(("foreignKeys", Self.value(.array(keys)))) }
    let figures = table.columns.filter { $0.type == "figure" }.map { column in
      Self.object(
        [("name", Self.text(column.name))]
          + ["low", "best", "high"].map { ($0, Self.text(column.name + "_" + $0)) })
    }
    if !figures.isEmpty { members.append(("annals:figures", Self.value(.array(figures)))) }
    return Self.object(members)
  }

  private func fields(_ column: NeededColumn) -> [JSONValue] {
    guard column.type != "figure" else {
      return ["low", "best", "high"].map { Self.field(column.name + "_" + $0, "number") }
    }
    let types = ["day": "date", "time": "datetime", "text": "string", "any": "string"]
    let type = column.type == "reference" ? "string" : types[column.type] ?? column.type
    return [Self.field(column.name, type)]
  }

  private static func field(_ name: String, _ type: String) -> JSONValue {
    object([("name", text(name)), ("type", text(type))])
  }

  private static func text(_ text: String) -> JSONValue { value(.text(text)) }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    value(.object(members.map { JSONMember(name: $0, place: place, value: $1) }))
  }

  private static func value(_ content: JSONValue.Content) -> JSONValue {
    JSONValue(content, at: place)
  }

  private static let place = TextPlace(line: 1, column: 1)
}
