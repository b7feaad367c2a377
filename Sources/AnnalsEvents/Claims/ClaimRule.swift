package import AnnalsEngine
import Synchronization

/// Decides whether the figures of some claims may be added.
///
/// Four things stand against it: the claims count different things, two of them are about one
/// quantity, one counts inside another, or increments meet running totals.
package enum ClaimRule {
  /// The tables of a dataset, with the rule on those that hold claims.
  ///
  /// - Parameter budget: For what the rule keeps of the claims once it was asked.
  static func applied(to entries: [Catalog.Entry], budget: MemoryBudget) -> [Catalog.Entry] {
    let events = entries.first { $0.name == "events" }?.table
    return entries.map { entry in
      guard ["figures", "parts"].contains(entry.name),
        let rule = rule(for: entry.table, named: entry.name, events: events, budget: budget)
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
  ///   - budget: For what the rule keeps of the claims once it was asked.
  package static func rule(
    for claims: Table, named name: String, events: Table?, budget: MemoryBudget
  ) -> AdditionRule? {
    guard claims.schema["value"]?.type == .figure, let columns = ClaimColumns(claims) else {
      return nil
    }
    // Read on first use: most runs never add claims.
    let codes = Mutex<ClaimCodes?>(nil)
    return AdditionRule(field: "value") { added, working throws(EngineError) in
      let known = try codes.withLock { cached throws(EngineError) in
        if let cached { return cached }
        let known = try ClaimCodes(columns, events: events, budget: budget)
        cached = known
        return known
      }
      return try ClaimCheck(
        table: name, codes: known, columns: columns, added: added, budget: working
      ).refusal()
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

  func column(_ name: String) -> Column {
    guard let field = fields.first(where: { $0.name == name }) else {
      preconditionFailure("every name of the list is a field")
    }
    return table.columns[field.slot]
  }

  func value(_ row: Int, _ name: String) -> Value {
    guard let field = fields.first(where: { $0.name == name }) else { return .null }
    return table.value(row: row, field: field)
  }
}

/// The same columns as numbers that are equal where the values are; -1 is null.
struct ClaimCodes: Sendable {
  let measure: Buffer<Int32>
  let unit: Buffer<Int32>
  let population: Buffer<Int32>
  let quantity: Buffer<Int32>
  let disjoint: Buffer<Int32>
  /// The rows of the claims' events.
  let event: Buffer<Int32>
  let isRunning: Bitmap
  /// Nil where no event lies inside another.
  let nesting: EventNesting?
  /// Whether no two claims of the table are about one quantity.
  private(set) var hasOneClaimPerQuantity = false

  init(_ columns: ClaimColumns, events: Table?, budget: MemoryBudget) throws(EngineError) {
    func numbered(_ name: String) throws(EngineError) -> Buffer<Int32> {
      try columns.column(name).numbered(budget)
    }
    measure = try numbered("measure")
    unit = try numbered("unit")
    population = try numbered("population")
    quantity = try numbered("quantity")
    disjoint = try numbered("disjoint")
    event = try numbered("event")
    isRunning = try Self.running(columns.column("accumulation"), budget)
    if let events {
      nesting = try EventNesting(events, budget: budget)
    } else {
      nesting = nil
    }
    let quantities = try QuantityTable(self, budget: budget)
    for row in 0..<columns.table.rowCount where try !quantities.number(of: row).isNew { return }
    hasOneClaimPerQuantity = true
  }

  private static func running(
    _ column: Column, _ budget: MemoryBudget
  ) throws(EngineError) -> Bitmap {
    let bits = try Bitmap(count: column.count, budget: budget)
    let texts = ["cumulative", "snapshot"].map { Array($0.utf8) }
    for row in 0..<column.count where !column.isNull(row) {
      guard let location = column.textLocation(row) else { continue }
      let block = location.block
      let length = block.length(location.index)
      for text in texts where length == text.count {
        let bytes = block[location.index]
        if text.indices.allSatisfy({ bytes[$0] == text[$0] }) { bits.set(row) }
      }
    }
    return bits
  }
}
