public import AnnalsEngine

/// Which claim stays for each quantity.
public enum ClaimPolicy: String, CaseIterable, Hashable, Sendable {
  /// The claim with the greatest best, else low, else high.
  case highest
  /// The claim with the least best, else low, else high.
  case lowest
  /// The claim of the latest `date`, then of the latest date of its source.
  case latest
  /// The least low and the greatest high where all are known, the best where all agree; columns that
  /// differ are null.
  case widest
  /// The latest claim of each asserting actor, else of each source.
  case bySource = "by_source"

  /// What it does, in one sentence.
  public var summary: String {
    switch self {
    case .highest: "Keeps the claim with the greatest best, else low, else high."
    case .lowest: "Keeps the claim with the least best, else low, else high."
    case .latest: "Keeps the claim of the latest date, then of the latest source."
    case .widest: "Keeps the widest bounds, and the best where all claims agree."
    case .bySource: "Keeps the latest claim of each asserting actor, else of each source."
    }
  }
}

extension Query {
  /// Leaves one row for each quantity and adds `claims`, how many rows it had.
  ///
  /// Claims are about one quantity if they share `quantity`, and where that is null the event,
  /// measure, unit and population. Ties keep the first row.
  ///
  /// - Throws: ``EngineError/misuse(_:fix:)`` if the table lacks a column that this needs.
  public func resolved(by policy: ClaimPolicy) throws(EngineError) -> Query {
    let key =
      ["quantity"]
      + ["event", "measure", "unit", "population"].map { name in
        "if_else(quantity == nil, \(name), nil)"
      }
    var needed = ["event", "measure", "unit", "population", "quantity", "value"]
    if policy == .latest || policy == .bySource { needed += ["date", "source"] }
    if policy == .bySource { needed.append("asserted_by") }
    let missing = needed.filter { schema[$0] == nil }
    guard missing.isEmpty else {
      throw .misuse(
        "`resolve` needs a table of claims, and this one has no \(missing.quotedAlternatives)",
        fix: "resolve `data.figures` before `select`, `rename` or `aggregate` take columns away")
    }
    func picking(
      _ picking: Picking = .row, by order: [String], also keys: [String] = []
    ) throws(EngineError) -> Query {
      try self.picking(
        picking, keys: key + keys, order: order, countName: "claims", verb: "resolve")
    }
    switch policy {
    case .highest: return try picking(by: ["-value"])
    case .lowest: return try picking(by: ["value"])
    case .latest: return try picking(by: ["-date", "-source.date"])
    case .widest: return try picking(.widest(field: "value"), by: [])
    case .bySource:
      return try picking(
        by: ["-date", "-source.date"],
        also: ["asserted_by", "if_else(asserted_by == nil, source, nil)"])
    }
  }
}
