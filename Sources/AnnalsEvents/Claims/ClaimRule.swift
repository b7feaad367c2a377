package import AnnalsEngine
import Synchronization

/// Decides whether the figures of some claims may be added.
///
/// Four things stand against it: the claims count different things, two of them are about one
/// quantity, one counts inside another, or increments meet running totals.
package enum ClaimRule {
  /// The tables of a dataset, with the rule on those that hold claims.
  static func applied(to entries: [Catalog.Entry]) -> [Catalog.Entry] {
    let events = entries.first { $0.name == "events" }?.table
    return entries.map { entry in
      guard ["figures", "parts"].contains(entry.name),
        let rule = rule(for: entry.table, named: entry.name, events: events)
      else { return entry }
      return Catalog.Entry(
        name: entry.name, table: entry.table, key: entry.key, additionRule: rule)
    }
  }

  /// The rule for a table of claims; nil if the table lacks a column that the rule reads.
  ///
  /// - Parameters:
  ///   - claims: The table `figures`, or one with its columns.
  ///   - name: What messages call the table.
  ///   - events: Where `parent` is looked up.
  package static func rule(for claims: Table, named name: String, events: Table?) -> AdditionRule? {
    guard claims.schema["value"]?.type == .figure, let columns = ClaimColumns(claims) else {
      return nil
    }
    let parents = events.flatMap(EventParents.init)
    // Read on first use: most runs never add claims.
    let codes = Mutex<ClaimCodes?>(nil)
    return AdditionRule(field: "value") { rows in
      let known = codes.withLock { cached in
        let known = cached ?? ClaimCodes(columns)
        cached = known
        return known
      }
      return ClaimCheck(table: name, codes: known, columns: columns, parents: parents)
        .result(rows)
    }
  }
}

/// The columns of a table of claims that decide what may be added.
struct ClaimColumns: Sendable {
  let table: Table
  let fields: [Field]

  static let names = [
    "measure", "unit", "population", "quantity", "disjoint", "accumulation", "event",
  ]

  init?(_ table: Table) {
    let fields = Self.names.compactMap { table.schema[$0] }
    guard fields.count == Self.names.count else { return nil }
    self.table = table
    self.fields = fields
  }

  /// What a claim is called in messages: its id, else its row.
  func key(_ row: Int) -> String {
    guard let id = table.schema["id"] else { return "row \(row + 1)" }
    let value = table.value(row: row, field: id)
    return value == .null ? "row \(row + 1)" : value.text
  }

  func value(_ row: Int, _ name: String) -> Value {
    guard let field = fields.first(where: { $0.name == name }) else { return .null }
    return table.value(row: row, field: field)
  }
}

/// The same columns as numbers that are equal where the values are; -1 is null.
struct ClaimCodes: Sendable {
  private(set) var measure: [Int32] = []
  private(set) var unit: [Int32] = []
  private(set) var population: [Int32] = []
  private(set) var quantity: [Int32] = []
  private(set) var disjoint: [Int32] = []
  private(set) var event: [Int32] = []
  private(set) var isRunning: [Bool] = []

  init(_ columns: ClaimColumns) {
    measure = Self.codes(columns, "measure")
    unit = Self.codes(columns, "unit")
    population = Self.codes(columns, "population")
    quantity = Self.codes(columns, "quantity")
    disjoint = Self.codes(columns, "disjoint")
    event = (0..<columns.table.rowCount).map { row in
      guard case .reference(let reference) = columns.value(row, "event") else { return -1 }
      return Int32(reference.row)
    }
    isRunning = (0..<columns.table.rowCount).map { row in
      ["cumulative", "snapshot"].contains(columns.value(row, "accumulation").text)
    }
  }

  private static func codes(_ columns: ClaimColumns, _ name: String) -> [Int32] {
    var known: [[UInt8]: Int32] = [:]
    return (0..<columns.table.rowCount).map { row in
      let value = columns.value(row, name)
      guard value != .null else { return -1 }
      let bytes = Array(value.text.utf8)
      if let code = known[bytes] { return code }
      let code = Int32(known.count)
      known[bytes] = code
      return code
    }
  }
}

/// The event that each event is a part of.
struct EventParents: Sendable {
  private let parents: [Int32]

  init?(_ events: Table) {
    guard let field = events.schema["parent"], case .reference = field.type else { return nil }
    parents = (0..<events.rowCount).map { row in
      guard case .reference(let parent) = events.value(row: row, field: field) else { return -1 }
      return Int32(parent.row)
    }
  }

  /// The events that an event lies inside of, innermost first. A circle of parents ends where it
  /// closes.
  func ancestors(of event: Int32) -> [Int32] {
    var found: [Int32] = []
    var current = event
    while parents.indices.contains(Int(current)) {
      current = parents[Int(current)]
      guard current >= 0, current != event, !found.contains(current) else { break }
      found.append(current)
    }
    return found
  }
}
